"""A phone rings: from a carrier's signed request to the screen of the right rep."""

import base64
import hashlib
import hmac

import pytest
import requests

from client import WAIT, cid
from gateway import TWILIO_TOKEN

WANG = {"name": "王小明", "org": "Cloudpeak", "phones": ["+8613800138000"], "owner": "ana@example.com", "lifecycle": "customer"}


def test_a_known_caller_pops_on_the_first_ring(gateway):
    gateway.add_people(WANG)
    rep = gateway.rep()
    call = gateway.carrier.call("+8613800138000")
    assert call.ring().status_code == 200
    ring = rep.expect("ring")
    assert ring["channel"] == "call" and ring["who"]["match"] == "unique" and ring["who"]["level"] == "network"
    assert ring["card"]["person"]["name"] == "王小明" and ring["card"]["person"]["org"]["name"] == "Cloudpeak"
    conv = ring["conv"]
    rep.say(conv, "asks for samples", kind="note")
    call.answer()
    assert rep.expect("ring_end", conv=conv)["why"] == "accepted"
    call.hangup()
    ended = rep.event("call", what="ended")
    assert ended["body"]["disposition"] == "answered"
    rep.say(conv, "sent them", kind="note")
    assert rep.act(conv, "close", disposition="follow_up", next="ask on Friday")["t"] == "ack"
    person = ring["card"]["person"]["id"]
    notes = [i["body"]["text"] for i in rep.get(f"/api/people/{person}/timeline")["items"] if i["kind"] == "note"]
    assert notes == ["asks for samples", "sent them"]


def test_a_foreign_number_pops_as_unknown_and_becomes_a_person(gateway):
    rep = gateway.rep()
    call = gateway.carrier.call("+442079460123")
    call.ring()
    ring = rep.expect("ring")
    assert ring["who"]["match"] == "unknown" and ring["who"]["e164"] == "+442079460123" and "card" not in ring
    body = {"name": "Jo Bloggs", "phones": ["+442079460123"], "emails": [], "conv": ring["conv"]}
    answer = rep.http.post(rep.base + "/api/people", json=body, timeout=WAIT)
    assert answer.status_code == 201, answer.text
    assert rep.event("linked")["body"]["person"]["name"] == "Jo Bloggs"
    call.hangup("noAnswer")
    assert gateway.carrier.call("+442079460123").ring().status_code == 200
    assert rep.expect("ring")["card"]["person"]["name"] == "Jo Bloggs"


def test_a_shared_number_pops_a_choice_and_remembers_it(gateway):
    gateway.add_people({"name": "Mum", "phones": ["+862150005678"]}, {"name": "Dad", "phones": ["+862150005678"]})
    rep = gateway.rep()
    call = gateway.carrier.call("+862150005678")
    call.ring()
    ring = rep.expect("ring")
    assert ring["who"]["match"] == "ambiguous"
    dad = next(c["id"] for c in ring["who"]["candidates"] if c["name"] == "Dad")
    assert rep.act(ring["conv"], "pick", person=dad, remember=True)["t"] == "ack"
    call.hangup()
    gateway.carrier.call("+862150005678").ring()
    assert rep.expect("ring")["who"]["person"]["name"] == "Dad"


def test_an_anonymous_caller_is_nobody(gateway):
    rep = gateway.rep()
    gateway.carrier.call("anonymous").ring()
    who = rep.expect("ring")["who"]
    assert who["match"] == "anonymous" and "e164" not in who


def test_a_missed_call_is_shown_as_missed(gateway):
    gateway.add_people(WANG)
    rep = gateway.rep()
    call = gateway.carrier.call("+8613800138000")
    call.ring()
    conv = rep.expect("ring")["conv"]
    call.hangup("noAnswer")
    assert rep.expect("ring_end", conv=conv)["why"] == "ended"
    assert rep.event("call", what="ended")["body"]["disposition"] == "missed"
    done = rep.get("/api/conversations", view="done")["convs"]
    assert [(c["id"], c["call"]["disposition"]) for c in done] == [(conv, "missed")]


def test_an_answer_elsewhere_ends_the_ring_here(gateway):
    ana, li = gateway.rep(), gateway.rep("liwei@example.com")
    call = gateway.carrier.call("+8613900139000")
    gateway.carrier.push({**call.common, "event": "newCall", "user": ["1001", "1002"]})
    conv = ana.expect("ring")["conv"]
    li.expect("ring", conv=conv)
    call.agent = "1002"
    call.answer()
    end = ana.expect("ring_end", conv=conv)
    assert (end["why"], end["by"]) == ("elsewhere", "李伟")
    assert li.expect("ring_end", conv=conv)["why"] == "accepted"


def test_a_repeated_delivery_has_one_effect(gateway):
    rep = gateway.rep()
    call = gateway.carrier.call("+8613700137000")
    event = {**call.common, "event": "newCall", "user": ["1001"]}
    message = "msg_" + cid()
    assert [gateway.carrier.push(event, message).status_code for _ in range(3)] == [200] * 3
    rep.expect("ring")
    assert rep.quiet("ring")


def test_late_and_disordered_news_gives_the_same_call(gateway):
    rep = gateway.rep()
    call = gateway.carrier.call("+8613700137001")
    call.ring()
    conv = rep.expect("ring")["conv"]
    call.hangup()
    call.answer()
    ended = rep.event("call", what="ended")
    assert ended["body"]["disposition"] == "answered"
    assert rep.get(f"/api/conversations/{conv}")["state"] == "wrapup"


def test_a_call_takes_all_of_a_rep(gateway):
    rep = gateway.rep()
    call = gateway.carrier.call("+8613700137002")
    call.ring()
    rep.expect("ring", channel="call")
    call.answer()
    rep.expect("ring_end")
    visitor = gateway.visitor()
    conv = visitor.open("hello")
    visitor.expect("queue", conv=conv, place=1)
    assert rep.quiet("ring")
    call.hangup()
    ended = rep.event("call", what="ended")
    rep.act(ended["conv"], "close", disposition="resolved")
    rep.expect("ring", conv=conv)


def test_the_caller_who_is_on_the_website_is_shown_with_his_page(gateway):
    from identity import proof

    gateway.add_people({**WANG, "emails": ["wang@example.com"]})
    rep = gateway.rep()
    page = {"url": "https://shop.example/pricing", "title": "Pricing"}
    visitor = gateway.visitor(proof=proof("wang-1", email="wang@example.com"), page=page)
    assert visitor.welcome["me"]["verified"] and visitor.welcome["me"]["name"] == "王小明"
    gateway.carrier.call("+8613800138000").ring()
    assert rep.expect("ring")["card"]["web"]["title"] == "Pricing"


# Twilio


def twilio(gateway, **fields):
    url = gateway.base + "/hooks/twilio/demo"
    fields = {"AccountSid": "AC00000000000000000000000000000000", "ApiVersion": "2010-04-01", **fields}
    text = url + "".join(k + fields[k] for k in sorted(fields))
    signature = base64.b64encode(hmac.new(TWILIO_TOKEN.encode(), text.encode(), hashlib.sha1).digest()).decode()
    return requests.post(url, data=fields, headers={"X-Twilio-Signature": signature}, timeout=WAIT)


def test_twilio_rings_answers_and_ends(gateway):
    gateway.add_people(WANG)
    rep = gateway.rep()
    parent = {"CallSid": "CA" + "1" * 32, "From": "+8613800138000", "To": "+862150001234", "Direction": "inbound"}
    voice = twilio(gateway, **parent, CallStatus="ringing")
    assert voice.status_code == 200 and voice.headers["content-type"].startswith(("text/xml", "application/xml"))
    conv = rep.expect("ring")["conv"]
    child = {
        "CallSid": "CA" + "2" * 32, "ParentCallSid": parent["CallSid"], "From": "+8613800138000", "To": "client:1001",
        "Direction": "outbound-dial", "CallbackSource": "call-progress-events",
    }
    twilio(gateway, **child, CallStatus="in-progress", SequenceNumber="2")
    rep.expect("ring_end", conv=conv)
    twilio(gateway, **child, CallStatus="completed", SequenceNumber="3", CallDuration="61", Duration="2")
    twilio(gateway, **parent, CallStatus="completed", CallDuration="75", Duration="2")
    assert rep.event("call", what="ended")["body"]["disposition"] == "answered"


# Bad input


@pytest.mark.parametrize("damage", ["body", "signature", "old", "none", "unknown source"])
def test_a_forged_delivery_is_refused_without_detail(gateway, damage):
    import json
    import time

    body = json.dumps({"event": "newCall", "callId": "x", "from": "1", "to": "2", "direction": "in"}).encode()
    carrier = gateway.carrier
    headers = carrier.headers(body, "msg_" + cid(), at=time.time() - 301 if damage == "old" else None)
    if damage == "body":
        body = body.replace(b'"1"', b'"3"')
    if damage == "signature":
        headers["webhook-signature"] = "v1,AAAA"
    if damage == "none":
        headers = {"content-type": "application/json"}
    url = carrier.url.replace("/demo", "/other") if damage == "unknown source" else carrier.url
    answer = requests.post(url, data=body, headers=headers, timeout=WAIT)
    assert answer.status_code == 401
    assert answer.json() == {"error": {"code": "unauthorised"}}


def test_an_authentic_delivery_that_makes_no_sense_is_kept(gateway):
    answer = gateway.carrier.push({"event": "newCall", "nonsense": True})
    assert answer.status_code == 200
    rep = gateway.rep()
    rep.quiet("ev")
    kept = gateway.admin.get(gateway.base + "/api/admin/deliveries", params={"state": "unparsable"}, timeout=WAIT).json()
    assert len(kept["deliveries"]) == 1
    counts = gateway.admin.get(gateway.base + "/api/admin/doctor", timeout=WAIT).json()["deliveries"]
    assert counts["unparsable"] == 1
    again = gateway.admin.post(f"{gateway.base}/api/admin/deliveries/{kept['deliveries'][0]['id']}/replay", json={}, timeout=WAIT)
    assert again.status_code == 202


def test_a_body_over_the_limit_is_refused_before_it_is_read(gateway):
    import socket

    with socket.create_connection(("127.0.0.1", gateway.port), timeout=WAIT) as plain:
        plain.sendall(
            f"POST /hooks/generic/demo HTTP/1.1\r\nHost: 127.0.0.1:{gateway.port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {262_145}\r\n\r\n".encode()
        )
        assert b" 413 " in plain.recv(4096).split(b"\r\n")[0]
