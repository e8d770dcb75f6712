"""The protocols as files, and the server: every frame and every answer is one that is described."""

import json
import re
import socket
import subprocess

import pytest
import requests
from jsonschema import Draft202012Validator

import client
import contract
from client import WAIT, cid
from gateway import PASSWORD, ROOT, TWILIO_TOKEN, WEBHOOK_SECRET
from identity import proof

KNOWN = "+8613800138000"


# The files themselves


@pytest.mark.parametrize("path", sorted(contract.PROTOCOLS.glob("schemas/*.json")), ids=lambda path: path.stem)
def test_a_schema_is_one(path):
    Draft202012Validator.check_schema(json.loads(path.read_text()))


def references(tree):
    if isinstance(tree, dict):
        if isinstance(tree.get("$ref"), str):
            yield tree["$ref"]
        for value in tree.values():
            yield from references(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from references(value)


FILES = sorted([*contract.PROTOCOLS.glob("*.json"), *contract.PROTOCOLS.glob("schemas/*.json")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_reference_leads_somewhere(path):
    home = contract.HOME + path.relative_to(contract.PROTOCOLS).as_posix()
    resolver = contract.registry().resolver(home)
    for reference in references(json.loads(path.read_text())):
        resolver.lookup(reference)


@pytest.mark.parametrize("group", contract.GROUPS)
def test_every_frame_has_examples_that_are_right(group):
    messages = contract.read("asyncapi.json")["components"]["messages"]
    described = set()
    for name, message in messages.items():
        prefix, _, kind = name.partition(".")
        if prefix != group:
            continue
        described.add(kind)
        assert message["payload"]["schema"]["$ref"] == f"schemas/{contract.GROUPS[group]}.json#/$defs/{kind}"
        for example in message["examples"]:
            assert contract.frame_problem(group, example["payload"]) is None
    assert described == set(contract.frames(group))


def test_every_channel_and_operation_names_its_frames():
    tree = contract.read("asyncapi.json")
    named = {part["$ref"].rsplit("/", 1)[1] for one in tree["operations"].values() for part in one["messages"]}
    assert named == set(tree["components"]["messages"])


def test_every_example_of_the_http_interface_is_right():
    tree, count = contract.read("openapi.json"), 0
    for template, item in tree["paths"].items():
        for method in contract.METHODS & item.keys():
            operation = item[method]
            places = [("requestBody",)] if "requestBody" in operation else []
            places += [("responses", status) for status in operation["responses"]]
            for place in places:
                part = operation[place[0]] if len(place) == 1 else operation[place[0]][place[1]]
                for kind, content in part.get("content", {}).items():
                    if "example" in content:
                        where = contract.pointer("paths", template, method, *place, "content", kind, "schema")
                        assert contract.problem(where, content["example"]) is None
                        count += 1
    for name, part in tree["components"]["responses"].items():
        where = contract.pointer("components", "responses", name, "content", "application/json", "schema")
        assert contract.problem(where, part["content"]["application/json"]["example"]) is None
    assert count > 40


def test_a_field_that_is_not_described_is_found():
    frame = {"t": "lag", "from": 1}
    assert contract.frame_problem("to-staff", frame) is None
    assert "extra" in contract.frame_problem("to-staff", {**frame, "extra": 1})
    assert contract.frame_problem("to-visitor", frame)
    event = contract.read("asyncapi.json")["components"]["messages"]["to-staff.ev"]["examples"][0]["payload"]
    assert contract.frame_problem("to-staff", {**event, "extra": 1})
    assert contract.frame_problem("to-staff", {**event, "body": {"extra": 1}})
    assert contract.frame_problem("to-staff", {key: event[key] for key in event if key != "prev"})


# The server


@pytest.fixture
def gateway(make_gateway):
    """With the pages, when they have been built."""
    pages = ROOT / ".build/web"
    return make_gateway(extra={"web": {"directory": str(pages)}} if (pages / "manifest.json").exists() else {})


@pytest.fixture
def recording(gateway, monkeypatch):
    recording = contract.Recording(monkeypatch)
    yield recording
    recording.close()


def test_every_frame_of_a_chat_and_a_call_is_described(gateway, recording):
    gateway.add_people(
        {"name": "林梅", "org": "Cloudpeak", "phones": [KNOWN], "emails": ["mei@example.com"], "owner": "ana@example.com"}
    )
    ana, liwei, chen = (gateway.rep(f"{name}@example.com") for name in ["ana", "liwei", "chen"])
    walk_a_chat(gateway, ana, liwei)
    walk_a_call(gateway, ana, liwei)
    walk_sessions(gateway, ana, liwei)
    fall_behind(gateway, chen)
    assert recording.problems == []
    for group in ["to-visitor", "to-staff"]:
        assert set(contract.frames(group)) - recording.seen[group] == set(), "never seen"
        assert recording.seen[group] - set(contract.frames(group)) == set()


def walk_a_chat(gateway, ana, liwei):
    page = {"url": "https://shop.example/oolong", "title": "Oolong"}
    visitor = gateway.visitor(page=page)
    form = {"name": "Mei", "email": "mei@example.com", "phone": KNOWN, "topic": "shipping"}
    conv = visitor.open("Do you ship to Lyon?", form=form)
    visitor.expect("queue", conv=conv)
    assert ana.act(conv, "claim")["t"] == "ack"
    liwei.expect("gone", conv=conv)
    visitor.event("joined")
    ana.say(conv, "We do. 三天。")
    ana.say(conv, "asks every spring", kind="note")
    said = visitor.event("text")["seq"]
    visitor.send({"t": "eph", "conv": conv, "k": "typing"})
    ana.expect("eph", k="typing")
    ana.send({"t": "eph", "conv": conv, "k": "typing"})
    visitor.expect("eph", k="typing")
    visitor.send({"t": "rcpt", "conv": conv, "recv": said, "read": said})
    ana.expect("wm", who="visitor")
    ana.send({"t": "rcpt", "conv": conv, "recv": said, "read": said})
    visitor.expect("wm")
    visitor.send({"t": "page", **page, "ref": "https://shop.example/"})
    ana.expect("page", conv=conv)
    ask_for_history(ana, visitor, conv)
    say_who_it_is(ana, conv)
    assert ana.act(conv, "assign", rep=liwei.me["id"])["t"] == "ack"
    liwei.expect("ring", conv=conv)
    assert liwei.act(conv, "decline")["t"] == "ack"
    liwei.expect("ring_end", conv=conv)
    assert ana.act(conv, "release")["t"] == "ack"
    liwei.expect("ring", conv=conv)
    assert liwei.act(conv, "accept")["t"] == "ack"
    assert ana.act(conv, "accept")["t"] == "err"
    visitor.send({"t": "act", "cid": (done := cid()), "conv": conv, "op": "close"})
    visitor.expect("ack", cid=done)
    visitor.send({"t": "act", "cid": (done := cid()), "conv": conv, "op": "rate", "args": {"score": 5, "comment": "好"}})
    visitor.expect("ack", cid=done)
    assert liwei.act(conv, "reopen")["t"] == "ack"
    assert liwei.act(conv, "close", disposition="quote_sent", note="20 kg", next="call on Monday")["t"] == "ack"
    refuse(visitor, "err")
    visitor.close()
    proved = gateway.visitor(proof=proof("c-1", name="Zhou", email="zhou@example.com"))
    proved.open("It is me")
    proved.close()


def ask_for_history(ana, visitor, conv):
    for side in [ana, visitor]:
        side.send({"t": "hist", "id": "h1", "conv": conv, "before": 100, "limit": 2})
        side.expect("hist", id="h1")
        side.send({"t": "hist", "id": "h2", "conv": "nothing-of-yours"})
        side.expect("err", id="h2")
        side.quiet("ev")


def say_who_it_is(ana, conv):
    person = ana.get("/api/people", q="林梅")["people"][0]["id"]
    assert ana.act(conv, "pick", person=person, remember=True)["t"] == "ack"
    ana.event("linked")
    ana.send({"t": "sub", "conv": conv})
    ana.expect("card", conv=conv)
    assert ana.act(conv, "unpick")["t"] == "ack"
    ana.event("unlinked")


def walk_a_call(gateway, ana, liwei):
    call = gateway.carrier.call(KNOWN)
    call.ring()
    ring = ana.expect("ring", channel="call")
    assert ring["card"]["person"]["name"] == "林梅"
    call.answer()
    ana.expect("ring_end", conv=ring["conv"])
    call.hangup()
    ana.event("call", what="ended")
    assert ana.act(ring["conv"], "close", disposition="sale")["t"] == "ack"
    unknown = gateway.carrier.call("+8613911112222", agent="1002")
    unknown.ring()
    ring = liwei.expect("ring", channel="call")
    unknown.hangup("cancel")
    liwei.event("call", what="ended")
    nobody = gateway.carrier.call("anonymous", agent="9999")
    nobody.ring()
    nobody.hangup("noAnswer")
    liwei.event("call", what="ended")


def walk_sessions(gateway, ana, liwei):
    visitor = gateway.visitor()
    conv = visitor.open("first")
    held = {"epoch": visitor.welcome["epoch"], "convs": {conv: 1}}
    visitor.close()
    again = gateway.visitor(token=visitor.token, resume=held)
    assert again.welcome["mode"] == "replay"
    again.event("text")
    fresh = gateway.visitor(token=visitor.token)
    assert fresh.welcome["mode"] == "reset"
    fresh.expect("snap")
    held = {"epoch": ana.welcome["epoch"], "pos": ana.welcome["pos"]}
    ana.close()
    ana.dial(held)
    assert ana.welcome["mode"] == "replay"
    liwei.send({"t": "status", "state": "away"})
    ana.expect("pres")
    refuse(ana, "err")
    # A version that nobody speaks ends the socket, a logout all sockets of the login.
    again.send({"t": "hello", "v": 2, "inbox": "pk_demo"})
    again.expect("bye", code="version")
    assert ana.http.delete(ana.base + "/api/session", timeout=WAIT).status_code == 204
    ana.expect("bye", code="token_expired")
    fresh.close()


def refuse(side, kind):
    for frame in [{"t": "nonsense"}, {"t": "send", "cid": "short"}, {"t": "send", "cid": cid(), "conv": "x", "body": {}}]:
        side.send(frame)
        side.expect(kind, code="bad_frame")


def fall_behind(gateway, writer):
    """A rep's socket that reads nothing while more is written than fits between the two: it goes on from the log."""
    visitor = gateway.visitor()
    conv = visitor.open("a long story")
    slow = slow_rep(gateway)
    line = "茶" * 16_000
    for _ in range(45):
        assert writer.say(conv, line, kind="note")["t"] == "ack"
    slow.expect("lag")
    last = writer.say(conv, "the end", kind="note")["seq"]
    while slow.expect("ev")["seq"] < last:
        pass
    slow.close()
    visitor.close()


def slow_rep(gateway):
    dial = client.connect
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    plain.connect(("127.0.0.1", gateway.port))
    try:
        client.connect = lambda url, **options: dial(url, sock=plain, max_queue=1, **options)
        return gateway.rep("chen@example.com")
    finally:
        client.connect = dial


def test_every_address_answers_as_described(gateway, recording):
    gateway.add_people({"name": "林梅", "phones": [KNOWN]}, {"name": "林梅梅"})
    ana, chen = gateway.rep(), gateway.rep("chen@example.com")
    walk_logins(gateway, ana)
    walk_people(ana)
    walk_conversations(gateway, ana, chen)
    walk_administration(gateway)
    walk_public_addresses(gateway)
    assert ana.http.delete(gateway.base + "/api/session", timeout=WAIT).status_code == 204
    assert recording.problems == []
    described = {(method, template) for _, method, template, _, _ in contract.operations()}
    assert described - recording.asked == set(), "never asked"


def walk_logins(gateway, ana):
    base, own = gateway.base, {"Origin": gateway.base}
    wrong = {"email": "ana@example.com", "password": "not this one"}
    assert requests.post(base + "/api/session", json=wrong, headers=own, timeout=WAIT).status_code == 401
    assert requests.post(base + "/api/session", json=wrong, timeout=WAIT).status_code == 403
    assert requests.post(base + "/api/session", data="{", headers=own, timeout=WAIT).status_code == 400
    assert requests.get(base + "/api/session", timeout=WAIT).status_code == 401
    assert ana.get("/api/session")["me"]["name"] == "Ana Reyes"
    assert requests.post(base + "/api/ticket", cookies=ana.http.cookies, timeout=WAIT).status_code == 403


def walk_people(ana):
    def ask(method, path, body=None, status=200):
        answer = ana.http.request(method, ana.base + path, json=body, timeout=WAIT)
        assert answer.status_code == status, (path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    new = {"name": "Zhou", "org": "Harbour", "phones": ["021 5000 9876"], "emails": ["zhou@example.com"]}
    card = ask("POST", "/api/people", new, 201)["card"]
    ask("POST", "/api/people", {"name": " "}, 422)
    ask("POST", "/api/people", {"name": "x" * 201}, 413)
    ask("POST", "/api/people", {}, 400)
    ask("POST", "/api/people", {"name": "Other", "phones": ["021 5000 9876"]}, 409)
    zhou = card["person"]["id"]
    other = ask("POST", "/api/people", {"name": "Zhou again"}, 201)["person"]
    assert len(ask("GET", "/api/people?limit=1")["people"]) == 1
    ask("GET", f"/api/people/{zhou}")
    ask("GET", "/api/people/nobody", status=404)
    change = {"rev": card["person"]["rev"], "title": "Buyer", "lifecycle": "customer", "addPhone": "13911113333"}
    ask("PATCH", f"/api/people/{zhou}", change)
    ask("PATCH", f"/api/people/{zhou}", change, 409)
    ask("PATCH", f"/api/people/{zhou}", {"rev": 2, "lifecycle": "king"}, 422)
    ask("GET", f"/api/people/{zhou}/timeline")
    edge = ask("POST", f"/api/people/{other}/merge", {"into": zhou, "reason": "the same"})["edge"]
    assert ask("GET", f"/api/people/{zhou}")["merged"][0]["edge"] == edge
    ask("POST", f"/api/merges/{edge}/undo", {})
    ask("POST", "/api/merges/none/undo", {}, 404)


def walk_conversations(gateway, ana, chen):
    visitor = gateway.visitor(page={"url": "https://shop.example/", "title": "茶"})
    conv = visitor.open("hello", form={"email": "mei@example.com"})
    ana.act(conv, "claim")
    body = {"name": "Mei of the chat", "conv": conv}
    person = ana.http.post(gateway.base + "/api/people", json=body, timeout=WAIT).json()["person"]
    ana.event("linked")
    call = gateway.carrier.call(KNOWN)
    call.ring(), call.answer()
    ana.event("call", what="answered")
    assert {one["channel"] for one in ana.get("/api/conversations")["convs"]} == {"chat", "call"}
    for view in ["queue", "done"]:
        ana.get("/api/conversations", view=view, limit=1)
    assert ana.get(f"/api/conversations/{conv}")["events"]
    timeline = ana.get(f"/api/people/{person}/timeline", limit=2)
    assert timeline["more"] and timeline["convs"]
    ana.get(f"/api/people/{person}/timeline", before=timeline["next"])
    assert ana.http.get(gateway.base + "/api/conversations/none", timeout=WAIT).status_code == 404
    assert ana.http.get(gateway.base + "/api/conversations?view=odd", timeout=WAIT).status_code == 400
    assert ana.http.get(gateway.base + "/api/board", timeout=WAIT).status_code == 403
    assert chen.get("/api/board")["calls"] == 1
    beacon = json.dumps({"tok": visitor.token, "url": "https://shop.example/basket", "title": "Basket"})
    assert requests.post(gateway.base + "/w/page", data=beacon, timeout=WAIT).status_code == 204


def walk_administration(gateway):
    base, admin = gateway.base, gateway.admin
    assert requests.get(base + "/api/admin/users", timeout=WAIT).status_code == 401
    assert len(admin.get(base + "/api/admin/users", timeout=WAIT).json()["users"]) == 4
    user = {"email": "new@example.com", "name": "New", "role": "rep", "password": PASSWORD}
    for status, body in [(201, user), (200, user), (422, {**user, "role": "king"}), (422, {**user, "password": "short"})]:
        assert admin.post(base + "/api/admin/users", json=body, timeout=WAIT).status_code == status
    rows = [{"line": 2, "name": "A"}, {"line": 3, "name": ""}, {"line": 4, "name": "B", "phones": ["nothing"]}]
    refused = admin.post(base + "/api/admin/people/import", json={"rows": rows}, timeout=WAIT).json()["refused"]
    assert refused == [{"line": 3, "field": "name"}, {"line": 4, "field": "phone"}]
    assert gateway.carrier.push({"type": "call.odd", "call_id": "1"}).status_code == 200
    admin.get(base + "/api/admin/doctor", timeout=WAIT)
    assert admin.get(base + "/api/admin/deliveries?state=odd", timeout=WAIT).status_code == 400
    for state in ["pending", "applied", "unparsable", "failed"]:
        found = admin.get(base + "/api/admin/deliveries", params={"state": state}, timeout=WAIT).json()["deliveries"]
        for one in found[:1]:
            assert admin.post(base + f"/api/admin/deliveries/{one['id']}/replay", timeout=WAIT).status_code == 202
    assert admin.post(base + "/api/admin/deliveries/none/replay", timeout=WAIT).status_code == 404


def walk_public_addresses(gateway):
    base = gateway.base
    for path, status in [
        ("/healthz", 200), ("/readyz", 200), ("/metrics", 200), ("/", 302), ("/hooks/generic/demo", 401),
        ("/w/config?inbox=pk_demo", 200), ("/w/config?inbox=other", 404), ("/w/frame?inbox=other", 404),
        ("/demo/customers", 404),
    ]:
        answer = requests.get(base + path, allow_redirects=False, timeout=WAIT)
        assert answer.status_code == status, (path, answer.status_code)
    known = {"If-None-Match": requests.get(base + "/w/config?inbox=pk_demo", timeout=WAIT).headers["etag"]}
    assert requests.get(base + "/w/config?inbox=pk_demo", headers=known, timeout=WAIT).status_code == 304
    # Pages are there when they have been built.
    pages = ["/w.js", "/w/frame?inbox=pk_demo", "/console/", "/shop/", "/api", "/api/docs/schemas/card.json", "/w/none.js"]
    for path in pages:
        assert requests.get(base + path, timeout=WAIT).status_code in (200, 404)
    unsigned = requests.post(base + "/hooks/generic/demo", json={"type": "call.ringing", "call_id": "1"}, timeout=WAIT)
    assert unsigned.status_code == 401
    large = requests.post(base + "/w/page", data="x" * 9_000, timeout=WAIT)
    assert large.status_code == 413
    for path in ["/demo/identity", "/demo/ring"]:
        body = {"person": "c-lin", "number": KNOWN}
        assert requests.post(base + path, json=body, headers={"Origin": base}, timeout=WAIT).status_code == 404


# What people copy


def shown_on_the_page(name):
    """A script of the API page, as a browser shows it."""
    source = (ROOT / "Sources/Api/start.ts").read_text()
    text = re.search(rf"const {name} = `((?:[^`\\]|\\.)*)`", source).group(1)
    return re.sub(r"\\(.)", r"\1", text.replace("${here}", "BASE"))


def shown_in_the_readme(part):
    blocks = re.findall(r"```bash\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    return next(block for block in blocks if part in block).replace("http://localhost:8080", "BASE")


EXAMPLES = {
    "page, generic": lambda: shown_on_the_page("push"),
    "page, twilio": lambda: shown_on_the_page("twilio"),
    "readme, generic": lambda: shown_in_the_readme("webhook-signature"),
    "readme, twilio": lambda: shown_in_the_readme("X-Twilio-Signature"),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_works_as_it_is_copied(gateway, name):
    script = EXAMPLES[name]().replace("BASE", gateway.base).replace("whsec_…", WEBHOOK_SECRET).replace("token=…", f"token={TWILIO_TOKEN}")
    script = script.replace("curl ", "curl --silent --show-error --fail --max-time 10 ")
    chen = gateway.rep("chen@example.com")
    done = subprocess.run(["bash", "-ec", script], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    assert chen.expect("conv")["conv"]["who"]["e164"] == "+8613800138000"
