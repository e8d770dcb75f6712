"""A telephone rings at the desk: who it is, what was said before, and what came of it."""

from playwright.sync_api import expect

from identity import proof

WANG = {"name": "王小明", "org": "Cloudpeak", "phones": ["+8613800138000"], "emails": ["wang@example.com"], "owner": "ana@example.com", "lifecycle": "customer"}


def card(rep):
    return rep.page.get_by_role("complementary", name="Person")


def test_a_known_caller_pops_while_the_rep_is_typing(world):
    world.gateway.add_people(WANG)
    visitor, rep = world.talk()
    rep.field.press_sequentially("I was just about to sa")
    world.gateway.carrier.call("+8613800138000").ring()
    expect(rep.ring).to_contain_text("王小明")
    expect(rep.ring).to_contain_text("Cloudpeak")
    expect(card(rep)).to_contain_text("王小明")
    # Neither the words nor the place where they are written have changed.
    expect(rep.field).to_be_focused()
    rep.page.keyboard.type("y it")
    expect(rep.field).to_have_value("I was just about to say it")
    rep.page.keyboard.press("Enter")
    visitor.reads("me: hello", "they: I was just about to say it")


def test_an_answered_call_is_wrapped_up_and_stands_in_the_story_of_the_caller(world):
    world.gateway.add_people(WANG)
    rep = world.rep()
    call = world.gateway.carrier.call("+8613800138000")
    call.ring()
    expect(card(rep)).to_contain_text("王小明")
    call.answer()
    expect(rep.page.locator("article.ring")).to_have_count(0)
    expect(rep.page.locator(".talk-details")).to_contain_text("Talking")
    rep.note("asks for samples")
    call.hangup()
    sheet = rep.page.get_by_role("form", name="Wrap-up")
    sheet.get_by_label("Follow-up").check()
    sheet.get_by_label("Note").fill("sends his address by mail")
    sheet.get_by_label("Next step").fill("call on Friday")
    sheet.get_by_role("button", name="File").click()
    expect(sheet).to_have_count(0)
    rep.page.get_by_role("button", name="People").click()
    rep.page.get_by_placeholder("Name, number or e-mail").fill("13800138000")
    rep.page.locator(".people .row").first.click()
    rep.sees("note: asks for samples", "note: sends his address by mail")
    expect(rep.page.locator(".call-block")).to_contain_text("Answered")


def test_an_unknown_caller_becomes_a_person(world):
    rep = world.rep()
    call = world.gateway.carrier.call("+442079460123")
    call.ring()
    form = card(rep).get_by_role("form", name="New person")
    expect(form.get_by_label("Phone")).to_have_value("+442079460123")
    form.get_by_label("Name").fill("Jo Bloggs")
    form.get_by_label("Organisation").fill("Bloggs Ltd")
    form.get_by_role("button", name="Save and link").click()
    expect(card(rep).get_by_role("heading", level=3)).to_contain_text("Jo Bloggs")
    call.hangup()
    world.gateway.carrier.call("+442079460123").ring()
    expect(rep.ring).to_contain_text("Jo Bloggs")


def test_a_number_of_several_people_asks_who_it_is(world):
    world.gateway.add_people({"name": "Mum", "phones": ["+862150005678"]}, {"name": "Dad", "phones": ["+862150005678"]})
    rep = world.rep()
    call = world.gateway.carrier.call("+862150005678")
    call.ring()
    expect(card(rep)).to_contain_text("Who is it? 2 people have this number")
    card(rep).get_by_label("Remember this").check()
    card(rep).get_by_role("button", name="Dad").click()
    expect(card(rep).get_by_role("heading", level=3)).to_contain_text("Dad")
    call.hangup()
    world.gateway.carrier.call("+862150005678").ring()
    expect(rep.ring).to_contain_text("Dad")


def test_a_withheld_number_is_said_to_be_withheld(world):
    rep = world.rep()
    world.gateway.carrier.call("anonymous").ring()
    expect(rep.ring).to_contain_text("Number withheld")
    expect(card(rep)).to_contain_text("The caller hides the number")


def test_a_missed_call_stays_until_it_is_seen(world):
    world.gateway.add_people(WANG)
    rep = world.rep()
    call = world.gateway.carrier.call("+8613800138000")
    call.ring()
    expect(rep.ring).to_be_visible()
    call.hangup("noAnswer")
    missed = rep.page.locator("article.missed:visible")
    expect(missed).to_contain_text("Missed call")
    expect(missed).to_contain_text("王小明")
    # It does not ring on beside it while the outcome is being decided.
    assert rep.page.locator("article.ring:not(.missed)").count() == 0
    expect(rep.page.get_by_role("button", name="Queue", exact=True)).to_be_visible()
    missed.get_by_role("button", name="Seen").click()
    expect(rep.page.locator("article.ring")).to_have_count(0)
    rep.page.get_by_role("button", name="Done").click()
    expect(rep.page.locator(".rows .row")).to_contain_text("Missed")


def test_a_caller_who_looks_at_the_website_is_shown_with_the_page(world):
    world.gateway.add_people(WANG)
    rep = world.rep()
    visitor = world.visitor(title="Prices of spring tea", attributes={"identity": proof("wang-1", email="wang@example.com")})
    visitor.open()
    expect(visitor.panel.get_by_role("textbox", name="Name")).to_be_hidden()
    world.gateway.carrier.call("+8613800138000").ring()
    expect(card(rep)).to_contain_text("On the website now")
    expect(card(rep)).to_contain_text("Prices of spring tea")


def test_a_call_survives_a_reload_of_the_page(world):
    world.gateway.add_people(WANG)
    rep = world.rep()
    call = world.gateway.carrier.call("+8613800138000")
    call.ring()
    expect(rep.ring).to_contain_text("王小明")
    rep.reload()
    expect(rep.ring).to_contain_text("王小明")
    call.answer()
    expect(rep.page.locator(".rows .row")).to_contain_text("Talking")
    rep.reload()
    expect(rep.page.locator(".rows .row")).to_contain_text("Talking")
