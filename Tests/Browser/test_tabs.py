"""Several tabs of one visitor, several tabs of one rep: each shows the truth, and nothing happens twice."""

from playwright.sync_api import expect

from people import agree


def test_two_tabs_of_a_visitor_show_one_chat(world):
    visitor, rep = world.talk()
    other = visitor.tab().open()
    other.reads("me: hello")
    other.write("from the second tab")
    visitor.write("from the first tab")
    rep.write("I see both")
    agree(visitor, rep, ["hello", *sorted_by(rep, "from")], ["I see both"])
    agree(other, rep, ["hello", *sorted_by(rep, "from")], ["I see both"])


def sorted_by(rep, word):
    """In the order in which the server numbered them."""
    expect(rep.page.locator(".said-in .bubble")).to_have_count(3)
    return [text for text in rep.page.locator(".said-in .bubble").all_text_contents() if text.startswith(word)]


def test_two_tabs_of_a_visitor_send_one_outbox(world):
    wire = world.wire()
    visitor, rep = world.talk(visitor=world.visitor(wire))
    other = visitor.tab().open()
    other.reads("me: hello")
    wire.cut()
    for number in range(1, 5):
        visitor.write(f"message {number}")
    expect(visitor.panel.locator(".message.sending")).to_have_count(4)
    # A third tab finds the outbox of the first one; all of them come back at once.
    wire.mend()
    third = visitor.tab().open()
    words = ["hello", *(f"message {number}" for number in range(1, 5))]
    for tab in (visitor, other, third):
        agree(tab, rep, words, [])


def test_reading_in_one_tab_of_a_visitor_reads_in_the_other(world):
    visitor, rep = world.talk()
    visitor.close()
    other = visitor.tab()
    rep.write("look here")
    expect(rep.page.locator(".ticks-delivered")).to_be_visible()
    other.open().reads("me: hello", "they: look here")
    expect(rep.page.locator(".ticks-read")).to_be_visible()


def test_two_tabs_of_a_rep_show_the_same(world):
    rep, visitor = world.rep(), world.visitor()
    second = rep.tab()
    visitor.open().write("hello")
    expect(rep.ring).to_be_visible()
    expect(second.ring).to_be_visible()
    rep.accept()
    expect(second.ring).to_have_count(0)
    expect(second.page.locator("article.ring")).to_have_count(0)
    second.page.locator(".rows .row").click()
    rep.write("from the first tab")
    second.write("from the second tab")
    visitor.reads("me: hello", "they: from the first tab", "they: from the second tab")
    for tab in (rep, second):
        tab.sees("they: hello", "me: from the first tab", "me: from the second tab")


def test_a_chat_rings_until_somebody_is_faster(world):
    ana, li = world.rep(), world.rep("liwei@example.com")
    visitor = world.visitor()
    visitor.open().write("hello")
    chosen, other = (ana, li) if rings_first(ana, li) else (li, ana)
    chosen.page.keyboard.press("Shift+F9")
    expect(chosen.page.locator("article.ring")).to_have_count(0)
    other.accept()
    other.write("I am here")
    visitor.reads("me: hello", "they: I am here")


def rings_first(one, other):
    """Whom of the two it rings."""
    for _ in range(400):
        if one.ring.count():
            return True
        if other.ring.count():
            return False
        one.page.wait_for_timeout(50)
    raise AssertionError("it rings for nobody")
