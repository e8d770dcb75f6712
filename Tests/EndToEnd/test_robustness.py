"""What goes wrong around the process: a full disk, a damaged file, a stop under load, a new certificate, curious logs."""

import json
import os
import signal
import socket
import ssl
import subprocess
import time

import pytest
import requests
from websockets.sync.client import connect

from client import WAIT, cid
from gateway import BINARY, Gateway


def test_a_stop_says_goodbye_and_loses_nothing(gateway):
    visitor = gateway.visitor()
    conv = visitor.open("hello")
    last = visitor.say(conv, "one more")
    begun = time.monotonic()
    assert gateway.stop() == 0
    assert time.monotonic() - begun < 5.5
    bye = visitor.expect("bye")
    assert bye["code"] == "going_away" and 0 <= bye["retry_ms"] <= 5_000
    gateway.start()
    again = gateway.visitor(token=visitor.token)
    assert again.expect("snap")["convs"][0]["vseq"] == last["seq"]


def test_a_full_disk_refuses_writes_and_recovers_without_a_restart(make_gateway, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "tmpfs", disk], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("not run: this machine lets nobody mount a small file system")
    try:
        gateway = make_gateway(
            extra={"data": {"directory": str(disk)}},
            limits={"visitor_send": {"burst": 100_000, "every": "1ms"}, "retry_when_full": "200ms"},
        )
        rep = gateway.rep()
        visitor = gateway.visitor()
        conv = visitor.open("hello")
        rep.expect("ring")
        rep.act(conv, "accept")
        ballast = disk / "ballast"
        with open(ballast, "wb", buffering=0) as file:
            with pytest.raises(OSError):
                while True:
                    file.write(b"x" * 4096)
        refused = None
        for _ in range(3_000):
            message = cid()
            visitor.send({"t": "send", "cid": message, "conv": conv, "kind": "text", "body": {"text": "x" * 3_000}})
            answer = visitor_answer(visitor, message)
            if answer["t"] == "err":
                refused = (message, answer)
                break
        assert refused and refused[1]["code"] == "storage_full" and refused[1]["retry_ms"] > 0
        assert requests.get(gateway.base + "/readyz", timeout=WAIT).json() == {"ready": False, "why": "storage_full"}
        # Reading and live typing go on.
        assert rep.get(f"/api/conversations/{conv}")["id"] == conv
        visitor.send({"t": "eph", "conv": conv, "k": "typing"})
        rep.expect("eph", k="typing")
        push = gateway.carrier.call("+8613900000000").ring()
        assert push.status_code == 503 and int(push.headers["retry-after"]) >= 1
        ballast.unlink()
        end = time.monotonic() + 10
        while True:
            visitor.send({"t": "send", "cid": refused[0], "conv": conv, "kind": "text", "body": {"text": "x" * 3_000}})
            if visitor_answer(visitor, refused[0])["t"] == "ack":
                break
            assert time.monotonic() < end, "no recovery"
        assert requests.get(gateway.base + "/readyz", timeout=WAIT).status_code == 200
        gateway.stop()
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def visitor_answer(visitor, message):
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        for index, frame in enumerate(visitor.frames):
            if frame["t"] in ("ack", "err") and frame.get("cid") == message:
                return visitor.frames.pop(index)
        visitor.frames = [f for f in visitor.frames if f["t"] != "ev"]
        visitor.frames.append(json.loads(visitor.socket.recv(timeout=WAIT)))
    raise AssertionError("no answer")


@pytest.mark.parametrize("damage", ["header", "middle", "not a store"])
def test_a_damaged_store_is_refused_by_name(gateway, damage):
    visitor = gateway.visitor()
    conv = visitor.open("hello")
    for number in range(50):
        visitor.send({"t": "send", "cid": cid(), "conv": conv, "kind": "text", "body": {"text": "x" * 1_000}})
    visitor.quiet("none")
    gateway.stop()
    store = gateway.folder / "data" / "switchboard.sqlite"
    content = bytearray(store.read_bytes())
    if damage == "header":
        content[0:16] = b"garbage garbage "
    elif damage == "middle":
        for page in range(2, len(content) // 4096):
            content[page * 4096 : page * 4096 + 64] = os.urandom(64)
    else:
        content = bytearray(b"this is no store\n" * 1_000)
    store.write_bytes(content)
    config = gateway.folder / "switchboard.json"
    result = subprocess.run([BINARY, "serve", "--config", config], capture_output=True, text=True, timeout=60)
    assert result.returncode in (65, 78), result.stderr
    assert str(store) in result.stderr and "restore" in result.stderr
    assert "Fatal" not in result.stderr


def test_no_word_of_a_customer_reaches_the_log_or_the_metrics(gateway):
    canary = "Kanarienvogel"
    gateway.add_people({"name": canary + "1", "emails": [canary + "2@example.com"], "phones": ["+8613812345678"], "org": canary + "3"})
    rep = gateway.rep()
    visitor = gateway.visitor(page={"url": "https://x.example/" + canary + "4", "title": canary + "5"})
    conv = visitor.open(canary + "6", {"name": canary + "7", "email": canary + "8@example.com"})
    rep.expect("ring")
    rep.act(conv, "accept")
    rep.say(conv, canary + "9", kind="note")
    rep.get("/api/people", q=canary)
    gateway.carrier.call("+8613812345678").ring()
    rep.expect("ring", channel="call")
    gateway.carrier.push({"event": canary, "callId": canary})
    requests.post(gateway.base + "/api/session", json={"email": canary + "@x.example", "password": canary}, headers={"Origin": gateway.base}, timeout=WAIT)
    requests.get(gateway.base + "/" + canary, timeout=WAIT)
    visitor.send({"t": canary})
    visitor.expect("err")
    metrics = requests.get(gateway.base + "/metrics", timeout=WAIT).text
    gateway.stop()
    log = gateway.log.read_text()
    assert log.count("\n") > 2
    for text in (log, metrics):
        assert canary not in text and "13812345678" not in text and "+86138" not in text
    assert rep.http.cookies.get("switchboard") not in log and visitor.token not in log


def test_foreign_pages_get_no_socket_and_no_answer(gateway):
    from websockets.exceptions import InvalidStatus

    for origin in (None, "null", "https://evil.example", gateway.base + ".evil.example", gateway.base.replace("http", "https")):
        with pytest.raises(InvalidStatus) as refused:
            connect(gateway.base.replace("http", "ws") + "/rt/staff", origin=origin, subprotocols=["switchboard.v1"])
        assert refused.value.response.status_code == 403
    rep = gateway.rep()
    for headers in ({"Origin": "https://evil.example"}, {"X-Switchboard-CSRF": "AAAA"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = rep.http.post(gateway.base + "/api/ticket", json={}, headers=headers, timeout=WAIT)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf")
    assert requests.get(gateway.base + "/healthz", headers={"Host": "evil.example"}, timeout=WAIT).status_code == 400


def test_who_must_say_hello_and_says_something_else_is_sent_away(gateway):
    from websockets.exceptions import ConnectionClosed

    for path, frame, code in [
        ("/rt/visitor", {"t": "pong"}, 4502),
        ("/rt/visitor", {"t": "hello", "v": 9, "inbox": "pk_demo"}, 4501),
        ("/rt/visitor", {"t": "hello", "v": 1, "inbox": "nope"}, 4513),
        ("/rt/staff", {"t": "hello", "v": 1, "ticket": "forged"}, 4401),
        ("/rt/staff", {"t": "send"}, 4502),
    ]:
        raw = connect(gateway.base.replace("http", "ws") + path, origin=gateway.base, subprotocols=["switchboard.v1"])
        raw.send(json.dumps(frame))
        with pytest.raises(ConnectionClosed) as closed:
            for _ in range(5):
                raw.recv(timeout=WAIT)
        assert closed.value.rcvd.code == code, (frame, closed.value)


def test_one_visitor_never_sees_anothers_conversation(gateway):
    owner, thief = gateway.visitor(), gateway.visitor()
    conv = owner.open("private")
    answers = []
    for target in (conv, "01ZZZZZZZZZZZZZZZZZZZZZZZZ"):
        message = cid()
        thief.send({"t": "send", "cid": message, "conv": target, "kind": "text", "body": {"text": "hi"}})
        answer = thief.expect("err", cid=message)
        answers.append({k: v for k, v in answer.items() if k != "cid"})
        thief.send({"t": "hist", "id": message, "conv": target, "before": 99, "limit": 10})
        answers.append({k: v for k, v in thief.expect("err", id=message).items() if k != "id"})
    assert answers[:2] == answers[2:] and answers[0]["code"] == "no_conv"
    assert owner.quiet("err")


def test_a_rep_sees_only_what_is_hers(gateway):
    gateway.add_people(
        {"name": "Ana's customer", "owner": "ana@example.com", "phones": ["+8613811110000"]},
        {"name": "Li's customer", "owner": "liwei@example.com", "phones": ["+8613822220000"]},
    )
    ana, li, chen = gateway.rep(), gateway.rep("liwei@example.com"), gateway.rep("chen@example.com")
    names = lambda rep: {p["name"] for p in rep.get("/api/people")["people"]}
    assert names(ana) == {"Ana's customer"} and names(li) == {"Li's customer"}
    assert names(chen) == {"Ana's customer", "Li's customer"}
    foreign = next(p["id"] for p in chen.get("/api/people")["people"] if p["name"].startswith("Li"))
    for path in (f"/api/people/{foreign}", f"/api/people/{foreign}/timeline"):
        assert ana.http.get(gateway.base + path, timeout=WAIT).status_code == 404
    assert ana.http.get(gateway.base + "/api/board", timeout=WAIT).status_code == 403
    visitor = gateway.visitor()
    conv = visitor.open("hello")
    assert li.act(conv, "claim")["t"] == "ack"
    visitor.say(conv, "for Li alone")
    li.event("text", text="for Li alone")
    assert ana.quiet("none") and not any("for Li alone" in str(f) for f in ana.frames)
    assert ana.http.get(f"{gateway.base}/api/conversations/{conv}", timeout=WAIT).status_code == 404
    # A ring opens the card of somebody else's customer, because she has to answer.
    gateway.carrier.call("+8613822220000", agent="1001").ring()
    assert ana.expect("ring", channel="call")["card"]["person"]["name"] == "Li's customer"
    assert ana.http.get(f"{gateway.base}/api/people/{foreign}", timeout=WAIT).status_code == 200


def test_tls_and_a_new_certificate_without_a_restart(tmp_path, make_gateway):
    def certificate(name):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"],
            check=True, capture_output=True,
        )

    def serial(port):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=WAIT)) as secured:
            return secured.getpeercert(binary_form=True)

    certificate("first")
    folder = tmp_path / "tls"
    folder.mkdir()
    gateway = Gateway(folder, extra={"tls": {"certificate": str(tmp_path / "cert.pem"), "key": str(tmp_path / "key.pem")}})
    gateway.start()
    try:
        first = serial(gateway.port)
        certificate("second")
        gateway.process.send_signal(signal.SIGHUP)
        end = time.monotonic() + WAIT
        while serial(gateway.port) == first:
            assert time.monotonic() < end, "still the old certificate"
        health = subprocess.run(["curl", "-ks", f"https://127.0.0.1:{gateway.port}/healthz"], capture_output=True, text=True)
        assert health.stdout == '{"alive":true}'
    finally:
        assert gateway.stop() == 0
