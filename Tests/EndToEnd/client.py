"""Clients of the public interfaces, as small as they can be: a visitor, a rep, a carrier."""

import base64
import hashlib
import hmac
import itertools
import json
import time
import uuid

import requests
from websockets.sync.client import connect

WAIT = 10  # seconds that a test waits for what must come


def cid():
    return uuid.uuid4().hex


class Socket:
    """One SBP/1 socket; frames that were not asked for wait in order."""

    def __init__(self, base, path, hello):
        self.url = base.replace("http", "ws", 1) + path
        self.socket = connect(self.url, origin=base, subprotocols=["switchboard.v1"], max_size=2**22)
        self.frames = []
        self.send(hello)
        self.welcome = self.expect("welcome")

    def send(self, frame):
        self.socket.send(json.dumps(frame, ensure_ascii=False))

    def expect(self, kind, /, **fields):
        """The next frame of this kind with these fields; others are kept."""
        end = time.monotonic() + WAIT
        index = 0
        while True:
            while index < len(self.frames):
                frame = self.frames[index]
                if frame["t"] == kind and all(frame.get(k) == v for k, v in fields.items()):
                    return self.frames.pop(index)
                index += 1
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"no {kind} {fields}; there were {[f['t'] for f in self.frames]}")
            frame = json.loads(self.socket.recv(timeout=left))
            if frame["t"] == "ping":
                self.send({"t": "pong", "pos": frame["pos"]})
            self.frames.append(frame)

    def event(self, kind, /, **fields):
        """The next event of this kind with these fields in its body; those before it are passed over."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            frame = self.expect("ev")
            if frame["kind"] == kind and all(frame["body"].get(k) == v for k, v in fields.items()):
                return frame
        raise AssertionError(f"no event {kind} {fields}")

    def quiet(self, kind):
        """Sure that no frame of this kind is on its way: what was asked after it has been answered."""
        self.send({"t": "pong"})
        self.expect("ping")
        return not any(f["t"] == kind for f in self.frames)

    def close(self):
        # A reader with unread frames does not see the answer to its close: read them, they are nobody's any more.
        self.socket.close_timeout = 1
        try:
            while True:
                self.socket.recv(timeout=0)
        except Exception:
            pass
        self.socket.close()


class Visitor(Socket):
    def __init__(self, base, inbox="pk_demo", token=None, resume=None, proof=None, page=None):
        hello = {"t": "hello", "v": 1, "inbox": inbox, "tab": cid(), "lang": "zh-CN", "vis": True}
        for key, value in (("tok", token), ("resume", resume), ("idt", proof), ("page", page)):
            if value is not None:
                hello[key] = value
        super().__init__(base, "/rt/visitor", hello)
        self.token = self.welcome["me"]["tok"]

    def open(self, text, form=None, open_cid=None, text_cid=None):
        open_cid, text_cid = open_cid or cid(), text_cid or cid()
        self.send({"t": "open", "cid": open_cid, "form": form or {}, "first": {"cid": text_cid, "text": text}})
        conv = self.expect("ack", cid=open_cid)["conv"]
        self.expect("ack", cid=text_cid)
        return conv

    def say(self, conv, text, message=None):
        message = message or cid()
        self.send({"t": "send", "cid": message, "conv": conv, "kind": "text", "body": {"text": text}})
        return self.expect("ack", cid=message)


class Rep(Socket):
    def __init__(self, base, email, password, resume=None):
        self.base = base
        self.http = requests.Session()
        self.http.headers["Origin"] = base
        answer = self.http.post(base + "/api/session", json={"email": email, "password": password}, timeout=WAIT)
        assert answer.status_code == 200, answer.text
        self.http.headers["X-Switchboard-CSRF"] = answer.json()["csrf"]
        self.me = answer.json()["me"]
        self.dial(resume)

    def dial(self, resume=None):
        hello = {"t": "hello", "v": 1, "ticket": self.ticket(), "tab": cid(), "vis": True}
        if resume:
            hello["resume"] = resume
        super().__init__(self.base, "/rt/staff", hello)
        self.snapshot = {}
        if self.welcome["mode"] == "reset":
            while True:
                part = self.expect("snap")
                self.snapshot.update({conv["id"]: conv for conv in part["convs"]})
                if part["last"]:
                    break

    def ticket(self):
        answer = self.http.post(self.base + "/api/ticket", json={}, timeout=WAIT)
        assert answer.status_code == 200, answer.text
        return answer.json()["ticket"]

    def act(self, conv, op, message=None, **args):
        message = message or cid()
        self.send({"t": "act", "cid": message, "conv": conv, "op": op, "args": args})
        return self.answer(message)

    def say(self, conv, text, kind="text", message=None):
        message = message or cid()
        self.send({"t": "send", "cid": message, "conv": conv, "kind": kind, "body": {"text": text}})
        return self.answer(message)

    def answer(self, message):
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            for index, frame in enumerate(self.frames):
                if frame["t"] in ("ack", "err") and frame.get("cid") == message:
                    return self.frames.pop(index)
            frame = json.loads(self.socket.recv(timeout=WAIT))
            if frame["t"] == "ping":
                self.send({"t": "pong", "pos": frame["pos"]})
            self.frames.append(frame)
        raise AssertionError("no answer")

    def get(self, path, **query):
        answer = self.http.get(self.base + path, params=query, timeout=WAIT)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json()


class Carrier:
    """Posts generic pushes, signed by Standard Webhooks."""

    def __init__(self, base, secret, source="demo"):
        self.url = f"{base}/hooks/generic/{source}"
        self.key = base64.b64decode(secret.removeprefix("whsec_"))
        self.numbers = itertools.count()

    def headers(self, body, message, at=None):
        stamp = str(int(at or time.time()))
        mac = hmac.new(self.key, f"{message}.{stamp}.".encode() + body, hashlib.sha256).digest()
        return {
            "content-type": "application/json",
            "webhook-id": message,
            "webhook-timestamp": stamp,
            "webhook-signature": "v1," + base64.b64encode(mac).decode(),
        }

    def push(self, event, message=None, **extra):
        body = json.dumps({**event, **extra}).encode()
        message = message or "msg_" + cid()
        return requests.post(self.url, data=body, headers=self.headers(body, message), timeout=WAIT)

    def call(self, number, agent="1001", call=None):
        call = call or cid()
        common = {"callId": call, "from": number.lstrip("+"), "to": "862150001234", "direction": "in"}
        return Call(self, common, agent)


class Call:
    def __init__(self, carrier, common, agent):
        self.carrier, self.common, self.agent = carrier, common, agent

    def ring(self):
        return self.carrier.push({**self.common, "event": "newCall", "user": [self.agent]})

    def answer(self):
        return self.carrier.push({**self.common, "event": "answer", "answeringNumber": self.agent, "user": [self.agent]})

    def hangup(self, cause="normalClearing"):
        return self.carrier.push({**self.common, "event": "hangup", "cause": cause})
