"""A visitor and a rep talk, from the first word to the rating."""

from playwright.sync_api import expect


def test_a_chat_from_the_first_word_to_the_rating(world):
    rep, visitor = world.rep(), world.visitor()
    visitor.open()
    expect(visitor.panel.locator(".presence")).to_have_text("We are here")
    visitor.write("Do you ship to Hangzhou?")
    visitor.sees("me: Do you ship to Hangzhou?")

    expect(rep.ring).to_contain_text("“Do you ship to Hangzhou?”")
    rep.accept()
    rep.sees("they: Do you ship to Hangzhou?")
    visitor.sees("me: Do you ship to Hangzhou?", "* Ana Reyes joined the chat")

    rep.write("We do, within two days.")
    visitor.reads("me: Do you ship to Hangzhou?", "they: We do, within two days.")
    rep.note("asked before, be quick")
    visitor.write("Good, I take three.")
    rep.sees("they: Do you ship to Hangzhou?", "me: We do, within two days.", "note: asked before, be quick", "they: Good, I take three.")
    visitor.reads("me: Do you ship to Hangzhou?", "they: We do, within two days.", "me: Good, I take three.")
    assert "be quick" not in visitor.panel.content()

    rep.page.get_by_role("button", name="End").click()
    sheet = rep.page.get_by_role("form", name="Wrap-up")
    sheet.get_by_label("Sale").check()
    sheet.get_by_label("Note").fill("three tins of spring green")
    sheet.get_by_label("Next step").fill("send them on Monday")
    sheet.get_by_role("button", name="End and file").click()
    expect(visitor.panel.locator(".log .line").last).to_have_text("The chat was ended by our team")

    visitor.panel.get_by_label("5: Very good").check()
    visitor.panel.get_by_placeholder("Anything you want to add?").fill("fast!")
    visitor.panel.get_by_role("button", name="Send rating").click()
    expect(visitor.panel.locator(".log .line").last).to_have_text("You rated this chat 5 out of 5")
    rep.page.get_by_role("button", name="Done").click()
    expect(rep.page.locator(".rows .row")).to_have_count(1)


def test_ticks_tell_sent_delivered_and_read(world):
    visitor, rep = world.talk()
    expect(visitor.panel.get_by_role("img", name="Read")).to_be_visible()
    visitor.close()
    rep.write("one moment please")
    # The panel is closed: it arrived, and nobody has read it.
    expect(rep.page.locator(".said-out .ticks-delivered")).to_be_visible()
    visitor.open()
    expect(rep.page.locator(".said-out .ticks-read")).to_be_visible()


def test_typing_shows_on_the_other_side_and_ends_with_the_message(world):
    visitor, rep = world.talk()
    visitor.field.press_sequentially("I am")
    expect(rep.page.locator(".typing-line")).to_contain_text("is typing")
    visitor.field.press("Enter")
    rep.sees("they: hello", "they: I am")
    expect(rep.page.locator(".typing-line")).to_have_count(0)
    rep.field.press_sequentially("So am I")
    expect(visitor.panel.locator(".typing.on")).to_have_text("Ana Reyes is typing")
    rep.field.press("Enter")
    visitor.reads("me: hello", "me: I am", "they: So am I")
    expect(visitor.panel.locator(".typing.on")).to_have_count(0)


def test_typing_a_note_tells_the_visitor_nothing(world):
    visitor, rep = world.talk()
    frames = []
    visitor.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    visitor.reload().open()
    visitor.reads("me: hello")
    rep.mode("Note", "备注")
    rep.field.press_sequentially("this customer is difficult")
    rep.field.press("Enter")
    rep.sees("they: hello", "note: this customer is difficult")
    visitor.write("are you there?")
    visitor.reads("me: hello", "me: are you there?")
    assert frames and not any("difficult" in str(frame) or "eph" in str(frame) for frame in frames)


def test_the_visitor_ends_the_chat_and_begins_another(world):
    visitor, rep = world.talk()
    visitor.panel.get_by_role("button", name="End chat").click()
    visitor.panel.get_by_role("button", name="End chat").last.click()
    expect(visitor.panel.locator(".log .line").last).to_have_text("You ended the chat")
    expect(rep.page.get_by_role("form", name="Wrap-up")).to_be_visible()
    visitor.panel.get_by_role("button", name="Start a new chat").click()
    visitor.write("one more thing")
    expect(rep.ring).to_contain_text("“one more thing”")
