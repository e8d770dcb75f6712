"""The desk beside the talk: rings that nobody takes, records that are one person, lists and the board."""

from client import WAIT, cid


def test_a_ring_that_nobody_takes_goes_on_to_the_next(make_gateway):
    gateway = make_gateway(limits={"ring_for": "5s"})
    ana, li = gateway.rep(), gateway.rep("liwei@example.com")
    conv = gateway.visitor().open("anybody?")
    chosen = ana.event("offered")["body"]["reps"][0]["id"]
    first, second = (ana, li) if chosen == ana.me["id"] else (li, ana)
    first.expect("ring", conv=conv)
    assert first.expect("ring_end", conv=conv)["why"] == "timeout"
    second.expect("ring", conv=conv)


def test_two_records_become_one_person_and_two_again(gateway):
    gateway.add_people({"name": "J. Smith", "phones": ["+14155550101"]}, {"name": "Jane Smith", "emails": ["jane@example.com"]})
    rep = gateway.rep()
    ids = {p["name"]: p["id"] for p in rep.get("/api/people", q="Smith")["people"]}
    call = gateway.carrier.call("+14155550101")
    call.ring()
    conv = rep.expect("ring")["conv"]
    call.answer()
    rep.say(conv, "about the samples", kind="note")
    path = f"{gateway.base}/api/people/{ids['J. Smith']}/merge"
    answer = rep.http.post(path, json={"into": ids["Jane Smith"], "reason": "same voice"}, timeout=WAIT)
    assert answer.status_code == 200, answer.text
    assert [p["name"] for p in rep.get("/api/people", q="Smith")["people"]] == ["Jane Smith"]
    card = rep.get(f"/api/people/{ids['Jane Smith']}")
    assert card["person"]["phones"] and [m["name"] for m in card["merged"]] == ["J. Smith"]
    notes = lambda person: [i["body"]["text"] for i in rep.get(f"/api/people/{person}/timeline")["items"] if i["kind"] == "note"]
    assert notes(ids["Jane Smith"]) == ["about the samples"]
    again = rep.http.post(path, json={"into": ids["Jane Smith"], "reason": "again"}, timeout=WAIT)
    assert again.status_code in (404, 409)
    undo = rep.http.post(f"{gateway.base}/api/merges/{answer.json()['edge']}/undo", json={}, timeout=WAIT)
    assert undo.status_code == 200, undo.text
    assert len(rep.get("/api/people", q="Smith")["people"]) == 2
    assert notes(ids["Jane Smith"]) == [] and notes(ids["J. Smith"]) == ["about the samples"]


def test_a_record_changed_by_somebody_else_is_not_overwritten(gateway):
    gateway.add_people({"name": "Old Name"})
    rep = gateway.rep()
    person = rep.get("/api/people", q="Old")["people"][0]["id"]
    seen = rep.get(f"/api/people/{person}")["person"]["rev"]
    change = lambda **body: rep.http.patch(f"{gateway.base}/api/people/{person}", json={"rev": seen, **body}, timeout=WAIT)
    assert change(name="New Name").json()["person"]["name"] == "New Name"
    late = change(name="Other Name")
    assert (late.status_code, late.json()["error"]["code"]) == (409, "conflict")
    seen += 1
    for field, value in (("name", "  "), ("lifecycle", "nonsense"), ("owner", "nobody"), ("addPhone", "12"), ("addEmail", "x")):
        refused = change(**{field: value})
        assert refused.status_code == 422, (field, refused.text)
    assert change(name="x" * 200).status_code == 200
    seen += 1
    assert change(name="x" * 201).status_code == 413


def test_the_board_counts_what_the_supervisor_sees(gateway):
    chen, ana = gateway.rep("chen@example.com"), gateway.rep()
    conv = gateway.visitor().open("hello")
    ana.expect("ring", conv=conv)
    assert chen.get("/api/board")["waiting"] == 1
    ana.act(conv, "accept")
    call = gateway.carrier.call("+8613900000001")
    call.ring()
    call.answer()
    ana.event("call", what="answered")
    board = chen.get("/api/board")
    assert (board["waiting"], board["active"], board["calls"]) == (0, 1, 1)
    assert board["today"]["chats"] == 1 and board["today"]["calls"] == 1
    state = {r["name"]: r["load"] for r in board["reps"]}
    assert state["Ana Reyes"] == 125


def test_old_messages_are_read_in_pages(gateway):
    fast = gateway.visitor()
    conv = fast.open("0")
    for number in range(1, 9):
        fast.say(conv, str(number))
    rep = gateway.rep()
    rep.expect("ring", conv=conv)
    rep.act(conv, "accept")
    texts, before = [], 2**40
    while True:
        rep.send({"t": "hist", "id": (name := cid()), "conv": conv, "before": before, "limit": 3})
        page = rep.expect("hist", id=name)
        assert len(page["events"]) <= 3
        texts = [e["body"]["text"] for e in page["events"] if e["kind"] == "text"] + texts
        if not page["more"]:
            break
        before = page["events"][0]["seq"]
    assert texts == [str(n) for n in range(9)]
