"""A visitor and a rep talk, over the public interfaces, whatever happens to their sockets."""

import pytest

from client import cid


def talk(gateway, text="你好"):
    rep = gateway.rep()
    visitor = gateway.visitor()
    conv = visitor.open(text)
    assert rep.expect("ring")["conv"] == conv
    assert rep.act(conv, "accept")["t"] == "ack"
    return rep, visitor, conv


def rung(one, other):
    """Whom of two reps the waiting chat rings, and the other one."""
    chosen = one.event("offered")["body"]["reps"][0]["id"]
    return (one, other) if chosen == one.me["id"] else (other, one)


def test_a_chat_from_hello_to_wrap_up(gateway):
    rep, visitor, conv = talk(gateway)
    assert visitor.event("joined")["body"] == {"name": "Ana Reyes"}
    rep.say(conv, "How can I help?")
    reply = visitor.event("text", text="How can I help?")
    assert reply["from"] == {"k": "rep", "name": "Ana Reyes"}
    visitor.send({"t": "eph", "conv": conv, "k": "typing"})
    assert rep.expect("eph", k="typing")["who"] == {"k": "visitor"}
    visitor.send({"t": "rcpt", "conv": conv, "recv": reply["seq"], "read": reply["seq"]})
    assert rep.expect("wm", who="visitor")["read"] == reply["seq"]
    assert rep.act(conv, "close", disposition="sale", note="wants 3 kg", next="call on Monday")["t"] == "ack"
    assert visitor.event("closed")["body"] == {"by": "rep"}
    visitor.send({"t": "act", "cid": (rated := cid()), "conv": conv, "op": "rate", "args": {"score": 5, "comment": "好"}})
    visitor.expect("ack", cid=rated)
    assert rep.get(f"/api/conversations/{conv}")["disposition"] == "sale"


def test_a_note_leaves_no_trace_for_the_visitor(gateway):
    rep, visitor, conv = talk(gateway)
    visitor.event("joined")
    before = visitor.say(conv, "one")["seq"]
    rep.say(conv, "do not sell to him", kind="note")
    assert visitor.say(conv, "two")["seq"] == before + 1
    visitor.event("text", text="two")
    assert visitor.quiet("ev")


def test_a_repeat_gets_the_same_answer_and_has_no_second_effect(gateway):
    rep, visitor, conv = talk(gateway)
    message = cid()
    first = visitor.say(conv, "once", message)
    again = visitor.say(conv, "once", message)
    assert again["dup"] and again["seq"] == first["seq"]
    visitor.send({"t": "send", "cid": message, "conv": conv, "kind": "text", "body": {"text": "other"}})
    assert visitor.expect("err", cid=message)["code"] == "cid_reuse"
    rep.event("text", text="once")
    assert rep.quiet("ev")


def test_a_repeat_of_what_was_said_before_the_end_is_still_answered(gateway):
    rep, visitor, conv = talk(gateway)
    message = cid()
    first = visitor.say(conv, "last words", message)
    rep.act(conv, "close", disposition="resolved")
    again = visitor.say(conv, "last words", message)
    assert again["dup"] and again["seq"] == first["seq"]


def test_opening_twice_gives_one_conversation(gateway):
    visitor = gateway.visitor()
    opening, first = cid(), cid()
    conv = visitor.open("hello", open_cid=opening, text_cid=first)
    visitor.send({"t": "open", "cid": opening, "first": {"cid": first, "text": "hello"}})
    again = visitor.expect("ack", cid=opening)
    assert (again["conv"], again["dup"], again["seq"], again["pos"]) == (conv, True, 1, 1), "his own numbers, not the desk's"
    assert visitor.expect("ack", cid=first)["dup"]
    other_tab = gateway.visitor(token=visitor.token)
    assert other_tab.open("from another tab") == conv
    visitor.event("text", text="from another tab")


def test_a_visitor_resumes_where_he_was(gateway):
    rep, visitor, conv = talk(gateway)
    joined = visitor.event("joined")
    visitor.close()
    for number in range(5):
        rep.say(conv, f"message {number}")
    back = gateway.visitor(token=visitor.token, resume={"epoch": visitor.welcome["epoch"], "convs": {conv: joined["seq"]}})
    assert back.welcome["mode"] == "replay"
    for number in range(5):
        event = back.expect("ev")
        assert (event["seq"], event["prev"]) == (joined["seq"] + 1 + number, joined["seq"] + number)
        assert event["body"]["text"] == f"message {number}"


@pytest.mark.parametrize("resume", [None, "other epoch", "ahead", "foreign"])
def test_a_visitor_who_cannot_resume_gets_a_snapshot(gateway, resume):
    rep, visitor, conv = talk(gateway)
    epoch = visitor.welcome["epoch"]
    given = {
        None: None,
        "other epoch": {"epoch": "x", "convs": {conv: 1}},
        "ahead": {"epoch": epoch, "convs": {conv: 99}},
        "foreign": {"epoch": epoch, "convs": {"01XXXXXXXXXXXXXXXXXXXXXXXX": 1}},
    }[resume]
    back = gateway.visitor(token=visitor.token, resume=given)
    assert back.welcome["mode"] == "reset"
    snapshot = back.expect("snap")
    assert [c["id"] for c in snapshot["convs"]] == [conv]
    assert [e["kind"] for e in snapshot["convs"][0]["events"]] == ["opened", "text", "joined"]
    assert snapshot["convs"][0]["state"] == "active" and snapshot["convs"][0]["rep"]["name"] == "Ana Reyes"


def test_a_rep_resumes_where_she_was(gateway):
    rep, visitor, conv = talk(gateway)
    position = rep.expect("ev", kind="joined")["pos"]
    resume = {"epoch": rep.welcome["epoch"], "pos": position}
    rep.close()
    said = [visitor.say(conv, f"are you there? {n}") for n in range(3)]
    rep.dial(resume)
    assert rep.welcome["mode"] == "replay"
    previous = position
    for number in range(len(said)):
        event = rep.expect("ev")
        assert event["prev"] == previous and event["body"]["text"] == f"are you there? {number}"
        previous = event["pos"]
    assert rep.expect("conv")["conv"]["id"] == conv


def test_everything_is_there_after_a_restart(gateway):
    rep, visitor, conv = talk(gateway)
    visitor.say(conv, "before the restart")
    assert gateway.stop() == 0
    assert visitor.expect("bye")["code"] == "going_away"
    gateway.start()
    rep = gateway.rep()
    assert rep.snapshot[conv]["state"] == "active"
    back = gateway.visitor(token=visitor.token)
    assert back.welcome["epoch"] == visitor.welcome["epoch"]
    back.say(conv, "after it")
    rep.event("text", text="after it")


def test_two_reps_and_one_chat(gateway):
    ana, li = gateway.rep(), gateway.rep("liwei@example.com")
    visitor = gateway.visitor()
    conv = visitor.open("hello")
    ringing, other = rung(ana, li)
    ringing.expect("ring", conv=conv)
    assert other.act(conv, "claim")["t"] == "ack"
    late = ringing.act(conv, "accept")
    assert late["t"] == "err" and late["code"] == "claimed" and late["by"] == other.me["name"]
    assert ringing.expect("ring_end", conv=conv)["why"] == "elsewhere"
    assert ringing.expect("gone", conv=conv)["by"] == other.me["name"]
    assert ringing.say(conv, "me too")["code"] == "no_conv"


def test_a_declined_chat_rings_the_next_rep(gateway):
    ana, li = gateway.rep(), gateway.rep("liwei@example.com")
    conv = gateway.visitor().open("hello")
    first, second = rung(ana, li)
    first.expect("ring", conv=conv)
    assert first.act(conv, "decline")["t"] == "ack"
    second.expect("ring", conv=conv)


def test_a_transfer_stays_with_its_sender_until_taken(gateway):
    ana, visitor, conv = talk(gateway)
    li = gateway.rep("liwei@example.com")
    assert ana.act(conv, "assign", rep=li.me["id"])["t"] == "ack"
    ring = li.expect("ring", conv=conv)
    assert ring["why"] == "transfer" and ring["from"] == "Ana Reyes"
    assert ana.say(conv, "one moment")["t"] == "ack"
    assert li.act(conv, "accept")["t"] == "ack"
    assert visitor.event("joined", name="李伟")
    assert li.say(conv, "here I am")["t"] == "ack"
    assert ana.say(conv, "still me")["t"] == "err"


def test_nobody_there_is_a_place_in_the_queue(gateway):
    first, second = gateway.visitor(), gateway.visitor()
    one = first.open("hello")
    assert first.expect("queue", conv=one)["place"] == 1
    two = second.open("hello")
    waiting = second.expect("queue", conv=two)
    assert (waiting["place"], waiting["online"]) == (2, False)
    rep = gateway.rep()
    rep.expect("ring", conv=one)
    rep.act(one, "accept")
    assert second.expect("queue", conv=two, place=1)["online"] is True


def test_a_claim_opens_nobodys_record(gateway):
    gateway.add_people({"name": "王小明", "emails": ["wang@example.com"], "phones": ["+8613800138000"]})
    rep = gateway.rep()
    impostor = gateway.visitor()
    conv = impostor.open("I am Wang", {"name": "王小明", "email": "wang@example.com", "phone": "13800138000"})
    ring = rep.expect("ring", conv=conv)
    assert ring["who"]["match"] == "unknown" and ring["who"]["level"] == "claimed" and "card" not in ring
    suggested = [c["suggests"][0]["name"] for c in ring["who"]["claims"] if "suggests" in c]
    assert suggested == ["王小明", "王小明"]
    assert all("suggests" not in str(f) and "person" not in str(f) for f in [impostor.welcome, *impostor.frames])


def test_a_rep_says_who_it_is_and_takes_it_back(gateway):
    gateway.add_people({"name": "王小明", "emails": ["wang@example.com"]})
    rep = gateway.rep()
    visitor = gateway.visitor()
    conv = visitor.open("hi", {"email": "wang@example.com"})
    person = rep.expect("ring", conv=conv)["who"]["claims"][0]["suggests"][0]["id"]
    rep.act(conv, "accept")
    assert rep.act(conv, "pick", person=person)["t"] == "ack"
    assert rep.event("linked")["body"]["person"]["id"] == person
    items = rep.get(f"/api/people/{person}/timeline")["items"]
    assert "text" in [item["kind"] for item in items]
    assert rep.act(conv, "unpick")["t"] == "ack"
    assert rep.get(f"/api/conversations/{conv}")["who"]["match"] == "unknown"


def test_what_a_browser_said_belongs_to_whoever_proves_to_be_behind_it(gateway):
    from identity import proof

    gateway.add_people({"name": "王小明", "emails": ["wang@example.com"], "owner": "ana@example.com"})
    rep = gateway.rep()
    visitor = gateway.visitor()
    conv = visitor.open("hello, before I log in")
    rep.expect("ring", conv=conv)
    rep.act(conv, "accept")
    visitor.close()
    back = gateway.visitor(token=visitor.token, proof=proof("wang-1", email="wang@example.com"))
    assert back.welcome["me"]["verified"]
    linked = rep.event("linked")["body"]
    assert (linked["person"]["name"], linked["how"]) == ("王小明", "proof")
    # Another customer at the same machine starts with a clean sheet.
    other = gateway.visitor(token=back.token, proof=proof("li-2", email="li@example.com", name="Li"))
    assert other.expect("snap")["convs"] == [] and other.welcome["me"]["vid"] != back.welcome["me"]["vid"]


def test_a_proof_that_is_none_proves_nothing(gateway):
    from identity import proof

    gateway.add_people({"name": "王小明", "emails": ["wang@example.com"]})
    for forged in (
        "", "x", proof("w", secret="another secret of the same size"), proof("w", algorithm="none"), proof("w", life=-1),
        proof("w", life=7_200), proof("w", aud="pk_other"), proof("w", secret=""),
    ):
        visitor = gateway.visitor(proof=forged)
        assert visitor.welcome["me"]["verified"] is False, forged
        visitor.close()
