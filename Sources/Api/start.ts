// What most people come for: a line for their site, and a request for their telephone system.

import { code } from "./code";
import { make, prose } from "./dom";
import type { Child } from "./dom";
import { word } from "./words";

const here = location.origin;

export function start(): Child[] {
  return [
    part("embed", word("embed"), [
      make("p", {}, word("embedText")),
      code(`<script async src="${here}/w.js" data-inbox="pk_demo"></script>`, "HTML"),
      make("h4", {}, word("embedMore")),
      make("p", {}, ...prose(word("embedOptions"))),
      code(commands, "JavaScript"),
    ]),
    part("identify", word("identify"), [make("p", {}, ...prose(word("identifyText"))), code(identity, "Node.js")]),
    part("push", word("push"), [
      make("p", {}, word("pushText")),
      code(push, "Shell"),
      make("p", {}, ...prose(word("pushBearer"))),
      make("p", {}, make("a", { href: "#receiveHook" }, "POST /hooks/{carrier}/{source}")),
    ]),
    part("twilio", word("twilio"), [make("p", {}, word("twilioText")), code(twilio, "Shell")]),
  ];
}

function part(id: string, title: string, children: Child[]): HTMLElement {
  return make("section", { id, class: "part" }, make("h3", {}, title), ...children);
}

const commands = `window.switchboard ??= [];                    // works before the script has arrived
switchboard.push(["prefill", "I have a question about "]);
switchboard.push(["open"]);                   // close, toggle, show, hide, setLocale, page, on, off
switchboard.push(["identify", proof]);        // logout takes it back`;

const identity = `import { createHmac, randomUUID } from "node:crypto";
const text = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = Math.floor(Date.now() / 1000);
const claims = { sub: customer.id, aud: "pk_demo", iat: now, exp: now + 600, jti: randomUUID(), name: customer.name };
const signed = text({ alg: "HS256", typ: "JWT" }) + "." + text(claims);
const proof = signed + "." + createHmac("sha256", inboxSecret).update(signed).digest("base64url");`;

const push = `url=${here}/hooks/generic/demo secret=whsec_…    # the source and its secret from the settings
body='{"type":"call.ringing","call_id":"1","direction":"inbound","from":"+8613800138000","agent":"1001"}'
id=msg_$RANDOM$RANDOM now=$(date +%s)
key=$(printf %s "\${secret#whsec_}" | base64 -d | od -An -vtx1 | tr -d ' \\n')
mac=$(printf %s "$id.$now.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
curl "$url" -d "$body" -H "content-type: application/json" -H "webhook-id: $id" -H "webhook-timestamp: $now" -H "webhook-signature: v1,$mac"`;

const twilio = `url=${here}/hooks/twilio/demo token=…    # the source and its auth token from the settings
signed="\${url}CallSidCA1CallStatusringingDirectioninboundFrom+8613800138000To+862150001234"
mac=$(printf %s "$signed" | openssl dgst -sha1 -hmac "$token" -binary | base64)
curl "$url" -H "X-Twilio-Signature: $mac" --data-urlencode CallSid=CA1 --data-urlencode CallStatus=ringing \\
  --data-urlencode Direction=inbound --data-urlencode From=+8613800138000 --data-urlencode To=+862150001234`;
