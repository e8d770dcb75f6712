"""Words of strangers stay words: nothing that anybody writes becomes a script on anybody's page."""

import pytest
from playwright.sync_api import expect

PAYLOADS = [
    "<script>window.__xss=1;alert(1)</script>",
    "<img src=x onerror=\"window.__xss=1;alert(1)\">",
    "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x dur=1s>",
    "\"><iframe srcdoc=\"<script>parent.__xss=1</script>\"></iframe>",
    "javascript:alert(1)",
    "https://example.com/\"onmouseover=\"alert(1)",
    "<a href=\"javascript:alert(1)\">click</a>",
    "'-alert(1)-'",
    "{{constructor.constructor('alert(1)')()}}${alert(1)}",
    "</textarea></title></style><script>alert(1)</script><math><mi xlink:href=\"data:x,<script>alert(1)</script>\">",
]


def untouched(*pages):
    """Whatever a payload would have left behind, and the pages' own dialogs (see `Watch`)."""
    for page in pages:
        for frame in page.frames:
            assert frame.evaluate("() => window.__xss") is None
            assert frame.locator(".bubble script, .bubble img, .bubble iframe, .bubble svg, .row script, .row img").count() == 0


def test_words_of_the_chat_and_notes(world):
    visitor, rep = world.talk()
    for payload in PAYLOADS[:5]:
        visitor.write(payload)
    for payload in PAYLOADS[5:]:
        rep.write(payload)
    visitor.reads("me: hello", *(f"me: {payload}" for payload in PAYLOADS[:5]), *(f"they: {payload}" for payload in PAYLOADS[5:]))
    rep.note(PAYLOADS[0])
    rep.sees(
        "they: hello", *(f"they: {payload}" for payload in PAYLOADS[:5]), *(f"me: {payload}" for payload in PAYLOADS[5:]),
        f"note: {PAYLOADS[0]}",
    )
    for link in [*visitor.panel.locator(".bubble a").all(), *rep.page.locator(".bubble a").all()]:
        assert link.get_attribute("href").startswith("https://example.com/")
        assert link.get_attribute("onmouseover") is None
    untouched(visitor.page, rep.page)


@pytest.mark.parametrize("payload", [PAYLOADS[1], PAYLOADS[9]])
def test_what_a_visitor_says_of_himself(world, payload):
    rep, visitor = world.rep(), world.visitor(title=payload)
    visitor.page.evaluate("payload => history.replaceState(null, '', '?' + encodeURIComponent(payload) + '#' + payload)", payload)
    visitor.open()
    visitor.panel.get_by_label("Name").fill(payload[:100])
    visitor.panel.get_by_label("E-mail").fill("\"<svg/onload=alert(1)>\"@example.com")
    visitor.write(payload)
    expect(rep.ring).to_contain_text(payload[:100])
    rep.accept()
    rep.sees(f"they: {payload}")
    expect(rep.page.locator(".talk-name")).to_contain_text(payload[:100])
    expect(rep.page.locator(".card-pane")).to_contain_text(payload[:40])
    untouched(visitor.page, rep.page)


def test_names_that_were_imported(world):
    name, organisation = PAYLOADS[0], PAYLOADS[3]
    world.gateway.add_people({"name": name, "org": organisation, "title": PAYLOADS[1], "phones": ["+8613800138000"]})
    rep = world.rep()
    call = world.gateway.carrier.call("+8613800138000")
    call.ring()
    expect(rep.ring).to_contain_text(name)
    expect(rep.page.locator(".card-pane")).to_contain_text(organisation)
    call.hangup()
    rep.page.get_by_role("button", name="People").click()
    expect(rep.page.locator(".people .row-name")).to_have_text(name)
    rep.page.locator(".people .row").click()
    expect(rep.page.locator(".talk-name")).to_contain_text(name)
    rep.page.keyboard.press("Control+k")
    rep.page.keyboard.type("script")
    expect(rep.page.get_by_role("dialog")).to_contain_text(name)
    untouched(rep.page)


def test_a_site_that_is_not_listed_may_not_show_the_panel(world):
    world.gateway.settings["inboxes"][0]["sites"] = ["https://shop.example"]
    world.gateway.restart()
    stranger = world.visitor()
    with stranger.page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        stranger.launcher.click()
    # That the browser says so is the one trouble that belongs here.
    world.watches[0].expects("frame-ancestors")
