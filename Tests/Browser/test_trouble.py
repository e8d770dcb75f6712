"""Pages reload, networks break, servers die: nothing is lost, nothing is doubled, and nobody presses F5."""

import pytest
from playwright.sync_api import expect

from people import agree


def numbered(name, count):
    return [f"{name} {number}" for number in range(1, count + 1)]


def test_the_visitor_reloads_in_the_middle_of_sending(world):
    visitor, rep = world.talk()
    words = numbered("visitor", 6)
    for word in words:
        # The page goes away with the key that sends still warm.
        visitor.write(word)
        visitor.reload().open()
    agree(visitor, rep, ["hello", *words], [])


def test_the_visitor_reloads_after_the_very_first_word(world):
    rep, visitor = world.rep(), world.visitor()
    visitor.open().write("hello")
    visitor.reload().open()
    visitor.reads("me: hello")
    rep.accept()
    rep.write("hello to you")
    agree(visitor, rep, ["hello"], ["hello to you"])


def test_the_rep_reloads_in_the_middle_of_sending(world):
    visitor, rep = world.talk()
    words = numbered("rep", 6)
    for word in words:
        rep.write(word)
        rep.reload()
    agree(visitor, rep, ["hello"], words)


def test_the_rep_reloads_while_it_rings(world):
    rep, visitor = world.rep(), world.visitor()
    visitor.open().write("hello")
    expect(rep.ring).to_be_visible()
    rep.reload().accept()
    visitor.sees("me: hello", "* Ana Reyes joined the chat")


@pytest.mark.parametrize("whose", ["visitor", "rep"])
def test_the_network_is_cut_and_comes_back(world, whose):
    wires = [world.wire(), world.wire()]
    visitor, rep = world.talk(visitor=world.visitor(wires[0]), rep=world.rep(wire=wires[1]))
    wire = wires[0] if whose == "visitor" else wires[1]
    wire.cut()
    if whose == "visitor":
        expect(visitor.panel.locator(".banner")).to_contain_text("No connection")
    else:
        expect(rep.page.locator(".banner")).to_contain_text("Connection lost")
    for word in numbered("visitor", 3):
        visitor.write(word)
    for word in numbered("rep", 3):
        rep.write(word)
    wire.mend()
    agree(visitor, rep, ["hello", *numbered("visitor", 3)], numbered("rep", 3))
    visitor.write("still there?")
    agree(visitor, rep, ["hello", *numbered("visitor", 3), "still there?"], numbered("rep", 3))
    expect(rep.page.locator(".banner")).to_have_count(0)


def test_answers_are_lost_on_the_way_back(world):
    """The server stores what it is sent, and neither page hears of it: what is sent again has no second effect."""
    wires = [world.wire(), world.wire()]
    visitor, rep = world.talk(visitor=world.visitor(wires[0]), rep=world.rep(wire=wires[1]))
    for wire in wires:
        wire.deafen()
    for word in numbered("visitor", 3):
        visitor.write(word)
    for word in numbered("rep", 3):
        rep.write(word)
    # A third party sees that everything arrived once.
    chen = world.rep("chen@example.com")
    chen.page.get_by_role("button", name="All", exact=True).click()
    chen.page.locator(".rows .row").click()
    expect(chen.page.locator(".timeline .bubble")).to_have_count(7)
    for wire in wires:
        wire.mend()
    agree(visitor, rep, ["hello", *numbered("visitor", 3)], numbered("rep", 3))


def test_the_server_is_killed_while_both_write(world):
    visitor, rep = world.talk()
    visitor.write("visitor 1")
    rep.write("rep 1")
    world.gateway.kill()
    visitor.write("visitor 2")
    rep.write("rep 2")
    expect(visitor.panel.locator(".message.sending").last).to_be_visible()
    world.gateway.start()
    visitor.write("visitor 3")
    rep.write("rep 3")
    agree(visitor, rep, ["hello", *numbered("visitor", 3)], numbered("rep", 3))
    visitor.write("and on it goes")
    agree(visitor, rep, ["hello", *numbered("visitor", 3), "and on it goes"], numbered("rep", 3))


def test_a_browser_without_network_keeps_what_is_written(world):
    visitor, rep = world.talk()
    visitor.context.set_offline(True)
    visitor.write("written in a tunnel")
    expect(visitor.panel.locator(".banner")).to_contain_text("No connection")
    rep.write("are you there?")
    visitor.context.set_offline(False)
    agree(visitor, rep, ["hello", "written in a tunnel"], ["are you there?"])


def test_a_message_outlives_a_reload_while_the_server_is_down(world):
    visitor, rep = world.talk()
    world.gateway.kill()
    visitor.write("kept")
    expect(visitor.panel.locator(".message.sending")).to_have_count(1)
    visitor.reload()
    world.gateway.start()
    visitor.reload().open()
    agree(visitor, rep, ["hello", "kept"], [])


def test_a_reply_outlives_a_reload_while_the_server_is_down(world):
    visitor, rep = world.talk()
    world.gateway.kill()
    rep.write("kept")
    expect(rep.page.locator(".said.pending")).to_have_count(1)
    world.gateway.start()
    rep.reload()
    agree(visitor, rep, ["hello"], ["kept"])


def test_a_draft_outlives_everything(world):
    visitor, rep = world.talk()
    visitor.field.fill("half a quest")
    rep.field.fill("half an ans")
    visitor.reload().open()
    rep.reload()
    expect(visitor.field).to_have_value("half a quest")
    expect(rep.field).to_have_value("half an ans")


def test_the_first_word_of_all_is_written_while_the_server_is_down(world):
    visitor = world.visitor()
    visitor.open()
    world.gateway.kill()
    visitor.write("anybody there?")
    expect(visitor.panel.locator(".banner")).to_contain_text("No connection")
    world.gateway.start()
    visitor.reads("me: anybody there?")
    rep = world.rep().accept()
    agree(visitor, rep, ["anybody there?"], [])


def test_fifty_messages_while_the_visitor_is_away(world):
    wire = world.wire()
    visitor, rep = world.talk(visitor=world.visitor(wire))
    wire.cut()
    words = numbered("rep", 50)
    # More than a snapshot or a screen holds, written faster than anybody types.
    ana = world.gateway.rep()
    conv = next(iter(ana.snapshot))
    for word in words:
        assert ana.say(conv, word)["t"] == "ack"
    ana.close()
    wire.mend()
    agree(visitor, rep, ["hello"], words)
