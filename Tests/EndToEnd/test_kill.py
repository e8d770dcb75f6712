"""kill -9 under load: what was acknowledged is there, once and in order, after every restart."""

import os
import random
import threading
import time

import requests

from client import Visitor, cid

ROUNDS = int(os.environ.get("SWITCHBOARD_KILL_ROUNDS", "10"))
VISITORS = 8


class Talker(threading.Thread):
    """A visitor who keeps talking, and keeps what was not acknowledged until it is."""

    def __init__(self, gateway, number):
        super().__init__(daemon=True)
        self.gateway, self.number = gateway, number
        self.outbox, self.acknowledged, self.sent = [], {}, []
        self.opening = cid()
        self.conv = self.token = None
        self.ending = False
        self.done = False

    def run(self):
        while not (self.ending and not self.outbox):
            try:
                self.session()
            except Exception:  # the server is gone: come back, as a browser does
                time.sleep(0.02)
        self.done = True

    def session(self):
        socket = Visitor(self.gateway.base, token=self.token)
        self.token = socket.token
        try:
            if self.conv is None:
                if not self.outbox:
                    self.write()
                message, text = self.outbox[0]
                socket.send({"t": "open", "cid": self.opening, "first": {"cid": message, "text": text}})
                self.conv = socket.expect("ack", cid=self.opening)["conv"]
                self.settle(message, socket.expect("ack", cid=message))
            while not (self.ending and not self.outbox):
                if not self.outbox:
                    self.write()
                message, text = self.outbox[0]
                socket.send({"t": "send", "cid": message, "conv": self.conv, "kind": "text", "body": {"text": text}})
                answer = socket.expect("ack", cid=message)
                self.settle(message, answer)
        finally:
            socket.close()

    def write(self):
        message = cid()
        self.sent.append(message)
        self.outbox.append((message, f"{self.number}:{len(self.sent)}"))

    def settle(self, message, answer):
        self.acknowledged[message] = answer["seq"]
        self.outbox.pop(0)


class Pusher(threading.Thread):
    """A carrier that delivers at least once."""

    def __init__(self, gateway):
        super().__init__(daemon=True)
        self.gateway, self.ending, self.calls = gateway, False, []

    def run(self):
        while not self.ending:
            call = self.gateway.carrier.call(f"+86138{random.randrange(10**8):08d}", agent="unmapped")
            for body in ({"event": "newCall"}, {"event": "answer"}, {"event": "hangup", "cause": "normalClearing"}):
                message = "msg_" + cid()
                while True:
                    try:
                        answer = call.carrier.push({**call.common, **body}, message)
                        if answer.status_code == 200:
                            break
                    except requests.RequestException:
                        time.sleep(0.02)
            self.calls.append(call.common["callId"])


def test_nothing_acknowledged_is_lost_or_doubled(make_gateway):
    fast = {"burst": 1_000_000, "every": "1ms"}
    gateway = make_gateway(limits={"visitor_send": fast, "requests": fast, "open": fast, "sockets_per_visitor": 50})
    talkers = [Talker(gateway, number) for number in range(VISITORS)]
    pusher = Pusher(gateway)
    for thread in [*talkers, pusher]:
        thread.start()
    seed = random.randrange(2**32)
    moments = random.Random(seed)
    slowest = 0.0
    for _ in range(ROUNDS):
        time.sleep(moments.uniform(0.05, 0.5))
        gateway.kill()
        begun = time.monotonic()
        gateway.start()
        slowest = max(slowest, time.monotonic() - begun)
    for thread in [*talkers, pusher]:
        thread.ending = True
    for thread in [*talkers, pusher]:
        thread.join(60)
    assert all(t.done for t in talkers)

    acknowledged = 0
    for talker in talkers:
        reader = Visitor(gateway.base, token=talker.token)
        events = everything(reader, talker.conv)
        assert [e["seq"] for e in events] == list(range(1, len(events) + 1)), f"a gap, seed {seed}"
        texts = [e for e in events if e["kind"] == "text"]
        assert [e["cid"] for e in texts] == talker.sent, f"lost, doubled or reordered, seed {seed}"
        for event in texts:
            assert talker.acknowledged[event["cid"]] == event["seq"], f"acknowledged under another number, seed {seed}"
        acknowledged += len(texts)
        reader.close()

    wait_for_calls(gateway, len(pusher.calls))
    supervisor = gateway.rep("chen@example.com")
    seen = all_calls(supervisor)
    assert len(seen) == len(pusher.calls), f"{len(pusher.calls)} calls were delivered, seed {seed}"
    assert all(c["call"]["disposition"] == "answered" for c in seen)
    print(
        f"\n{ROUNDS} kills, {acknowledged} messages and {3 * len(pusher.calls)} deliveries acknowledged: "
        f"0 lost, 0 doubled, 0 reordered; ready again after at most {slowest:.2f} s (seed {seed})"
    )


def everything(reader, conv):
    events, before = [], 2**40
    while True:
        reader.send({"t": "hist", "id": (name := cid()), "conv": conv, "before": before, "limit": 100})
        page = reader.expect("hist", id=name)
        events = page["events"] + events
        if not page["more"]:
            return events
        before = page["events"][0]["seq"]


def wait_for_calls(gateway, count):
    """Until every stored delivery has been worked on."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        counts = gateway.admin.get(gateway.base + "/api/admin/doctor", timeout=10).json()["deliveries"]
        if counts["pending"] == 0:
            assert counts["unparsable"] == counts["failed"] == 0, counts
            return
        time.sleep(0.05)
    raise AssertionError("deliveries are still pending")


def all_calls(rep):
    seen, cursor = {}, None
    while True:
        query = {"view": "all", "limit": 100, **({"cursor": cursor} if cursor else {})}
        page = rep.get("/api/conversations", **query)
        for conv in page["convs"]:
            if conv["channel"] == "call":
                assert conv["id"] not in seen
                seen[conv["id"]] = conv
        cursor = page.get("next")
        if not cursor:
            return list(seen.values())
