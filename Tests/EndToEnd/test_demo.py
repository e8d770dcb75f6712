"""The demo, walked as a newcomer would, over nothing but what it prints and its public interfaces."""

import re
import signal
import subprocess
import threading

import pytest
import requests

from client import WAIT, Rep, Visitor
from gateway import BINARY


@pytest.fixture
def demo(tmp_path):
    process = subprocess.Popen(
        [BINARY, "demo", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, cwd=tmp_path,
    )
    printed, base = [], None
    watch = threading.Timer(90, process.kill)
    watch.start()
    for line in process.stdout:
        printed.append(line)
        found = re.search(r"ready at (http://\S+)", line)
        base = base or (found and found[1])
        if "Ctrl-C" in line:
            break
    watch.cancel()
    assert base, "".join(printed)
    drain = threading.Thread(target=lambda: [None for _ in process.stdout], daemon=True)
    drain.start()
    yield base, "".join(printed), tmp_path
    process.send_signal(signal.SIGTERM)
    assert process.wait(WAIT) == 0


def test_the_demo_from_its_first_line_to_a_filed_call(demo):
    base, printed, folder = demo
    for path in ("/shop/", "/console/", "/api"):
        assert base + path in printed
    given = requests.get(base + "/demo/customers", timeout=WAIT).json()
    login = next(l for l in given["logins"] if l["email"] == "ana@example.com")
    assert login["password"] in printed
    ana = Rep(base, login["email"], login["password"])
    assert len(Rep(base, *[next(l for l in given["logins"] if l["role"] == "supervisor")[k] for k in ("email", "password")])
               .get("/api/people", limit=100)["people"]) >= 35

    # A customer logs in at the shop, which signs for him, and chats.
    customer = given["customers"][0]
    proof = requests.post(base + "/demo/identity", json={"person": customer["id"]}, headers={"Origin": base}, timeout=WAIT).json()["proof"]
    visitor = Visitor(base, proof=proof, page={"url": base + "/shop/#/tea/silver", "title": "Silver Needle"})
    assert visitor.welcome["me"] == {**visitor.welcome["me"], "verified": True, "name": customer["name"]}
    conv = visitor.open("Is the spring tea in?")

    # The owner of the customer is asked first; whoever is rung answers.
    ring = ana.expect("ring", conv=conv)
    assert ring["who"]["level"] == "verified" and ring["card"]["web"]["title"] == "Silver Needle"
    ana.act(conv, "accept")
    ana.say(conv, "It came on Monday.")
    visitor.event("text", text="It came on Monday.")
    ana.act(conv, "close", disposition="resolved")

    # The phone rings, from the command line, through the signed endpoint.
    ringing = subprocess.Popen(
        [BINARY, "ring", "+8613800138000", "--demo", "--ringing", "2s", "--talking", "1s"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder,
    )
    pop = ana.expect("ring", channel="call")
    assert pop["card"]["person"]["name"] == "王小明" and pop["card"]["deals"] and len(pop["card"]["recent"]) >= 3
    ana.act(pop["conv"], "accept")
    ana.say(pop["conv"], "wants 600 cups", kind="note")
    assert ana.event("call", what="ended")["body"]["disposition"] == "answered"
    assert ringing.wait(WAIT) == 0, ringing.stdout.read()
    assert ana.act(pop["conv"], "close", disposition="quote_sent", next="call on Friday")["t"] == "ack"
    items = ana.get(f"/api/people/{pop['card']['person']['id']}/timeline", limit=100)["items"]
    assert [i["body"]["text"] for i in items if i["kind"] == "note"][-1] == "wants 600 cups"
    assert items[-1]["kind"] == "wrapup"

    # The button of the shop page does the same; this number nobody knows.
    button = requests.post(base + "/demo/ring", json={"number": "+8613800138099", "outcome": "missed"}, headers={"Origin": base}, timeout=WAIT)
    assert button.status_code == 202
    assert ana.expect("ring", channel="call")["who"]["match"] == "unknown"
    assert ana.event("call", what="ended")["body"]["disposition"] == "missed"
