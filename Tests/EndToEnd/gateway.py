"""A real switchboard for the tests: the built binary, a folder of its own, a port of its own."""

import json
import os
import pathlib
import secrets
import signal
import subprocess
import time

import requests

from client import WAIT, Carrier, Rep, Visitor

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("SWITCHBOARD_BINARY", ROOT / ".build/debug/switchboard"))
PASSWORD = "correct horse battery"
WEBHOOK_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
TWILIO_TOKEN = "12345678901234567890123456789012"
IDENTITY_SECRET = "0123456789abcdef0123456789abcdef"
USERS = [
    ("ana@example.com", "Ana Reyes", "rep", ["1001"]),
    ("liwei@example.com", "李伟", "rep", ["1002"]),
    ("chen@example.com", "陈静", "supervisor", []),
    ("root@example.com", "Root", "admin", []),
]


class Gateway:
    """One data folder, and the process that serves it now."""

    def __init__(self, folder, limits=None, extra=None):
        self.folder = pathlib.Path(folder)
        self.process = None
        self.port = 0
        self.log = self.folder / "log.jsonl"
        self.settings = {
            "http": {"host": "127.0.0.1", "port": 0},
            "data": {"directory": str(self.folder / "data")},
            "line": {"region": "CN", "area_code": "021"},
            "log": {"format": "json", "level": "info"},
            "inboxes": [{"key": "pk_demo", "name": "Tea 茶", "sites": [], "identity_secret": IDENTITY_SECRET}],
            "sources": [
                {"carrier": "generic", "account": "demo", "secrets": [WEBHOOK_SECRET]},
                {"carrier": "twilio", "account": "demo", "secrets": [TWILIO_TOKEN]},
            ],
            "limits": {"connections_per_address": 5_000, **(limits or {})},
            **(extra or {}),
        }

    def start(self):
        config = self.folder / "switchboard.json"
        # The same port again after a restart: clients come back to where they were.
        self.settings["http"]["port"] = self.port
        config.write_text(json.dumps(self.settings))
        ready = self.folder / f"ready-{secrets.token_hex(4)}"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--config", config, "--ready-file", ready],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder,
            )
        end = time.monotonic() + 30
        while not (ready.exists() and ready.read_text().endswith("\n")):
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            assert time.monotonic() < end, "not ready in 30 s"
            time.sleep(0.01)
        self.port = json.loads(ready.read_text())["port"]
        self.base = f"http://127.0.0.1:{self.port}"
        return self

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(WAIT)

    def stop(self):
        """Asks it to end; the exit code."""
        if self.process is None or self.process.poll() is not None:
            return None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(WAIT)

    def restart(self):
        self.stop()
        return self.start()

    @property
    def admin(self):
        session = requests.Session()
        token = (pathlib.Path(self.settings["data"]["directory"]) / "admin.token").read_text().strip()
        session.headers["Authorization"] = "Bearer " + token
        return session

    def add_users(self, users=USERS):
        for email, name, role, addresses in users:
            body = {"email": email, "name": name, "role": role, "addresses": addresses, "password": PASSWORD}
            answer = self.admin.post(self.base + "/api/admin/users", json=body, timeout=WAIT)
            assert answer.status_code == 201, answer.text

    def add_people(self, *rows):
        rows = [{"line": index + 1, **row} for index, row in enumerate(rows)]
        answer = self.admin.post(self.base + "/api/admin/people/import", json={"rows": rows}, timeout=WAIT)
        assert answer.status_code == 200 and answer.json()["refused"] == [], answer.text

    def rep(self, email="ana@example.com", **hello):
        return Rep(self.base, email, PASSWORD, **hello)

    def visitor(self, **hello):
        return Visitor(self.base, **hello)

    @property
    def carrier(self):
        return Carrier(self.base, WEBHOOK_SECRET)
