"""The session of a rep begins, ends, and ends while somebody is in the middle of something."""

from playwright.sync_api import expect

from gateway import PASSWORD


def test_logging_in_by_the_form(world):
    page = world.context().new_page()
    page.goto(world.gateway.base + "/console/")
    page.get_by_label("E-mail").fill("ana@example.com")
    page.get_by_label("Password").fill("wrong wrong wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_have_text("E-mail and password do not belong together.")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    # The sound is asked about once, on the first day.
    page.get_by_role("button", name="Stay silent").click()
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()


def test_a_logout_in_another_tab_ends_here_with_a_word_and_keeps_the_draft(world):
    visitor, rep = world.talk()
    rep.field.fill("half a sentence")
    other = rep.tab()
    other.page.locator(".me-button").click()
    other.page.get_by_role("button", name="Log out").click()
    expect(other.page.get_by_label("Password")).to_be_visible()
    expect(rep.page.locator(".notice")).to_contain_text("drafts are kept")
    rep.page.get_by_label("E-mail").fill("ana@example.com")
    rep.page.get_by_label("Password").fill(PASSWORD)
    rep.page.get_by_role("button", name="Log in").click()
    expect(rep.field).to_have_value("half a sentence")
    rep.field.press("Enter")
    visitor.reads("me: hello", "they: half a sentence")


def test_a_session_that_ends_on_the_server_ends_with_a_word(world):
    visitor, rep = world.talk()
    rep.field.fill("half a sentence")
    # As by an administrator or in another browser: no tab of this one is told.
    rep.page.evaluate("async () => { const { csrf } = await (await fetch('/api/session')).json();"
                      " await fetch('/api/session', { method: 'DELETE', headers: { 'X-Switchboard-CSRF': csrf } }); }")
    expect(rep.page.get_by_label("Password")).to_be_visible()
    expect(rep.page.locator(".notice")).to_contain_text("drafts are kept")


def test_what_the_next_rep_sees_is_not_what_the_last_one_wrote(world):
    visitor, rep = world.talk()
    rep.field.fill("a draft of Ana")
    rep.page.locator(".me-button").click()
    rep.page.get_by_role("button", name="Log out").click()
    rep.page.get_by_label("E-mail").fill("liwei@example.com")
    rep.page.get_by_label("Password").fill(PASSWORD)
    rep.page.get_by_role("button", name="Log in").click()
    expect(rep.page.locator(".rail .me-button")).to_be_visible()
    expect(rep.page.locator("body")).not_to_contain_text("hello")
    expect(rep.page.locator("body")).not_to_contain_text("a draft of Ana")
