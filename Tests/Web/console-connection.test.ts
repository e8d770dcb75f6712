import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection, deadAfterMilliseconds, probeMilliseconds, type Action } from "../../Sources/Console/core/connection";
import type { ServerFrame } from "../../Sources/Console/core/protocol";

const introduce = () => ({ dev: "device", tab: "tab", lang: "en", vis: true });

function welcome(pos: number, mode: "resumed" | "replay" | "reset" = "reset", epoch = "e1"): ServerFrame {
  return { t: "welcome", sid: "s", epoch, pos, mode, now: 0, hb: 25_000, limits: { text: 1, frame: 1, inflight: 5 },
    me: { id: "r", name: "R", email: "", role: "rep", state: "online", capacity: 100 }, reps: [], dispositions: [], demo: false,
    build: "1" };
}
function event(pos: number, prev: number): ServerFrame {
  return { t: "ev", pos, prev, conv: "c", seq: pos, ts: 0, from: { k: "visitor" }, kind: "text", body: { text: String(pos) } };
}
const shown = (actions: Action[]) => actions.flatMap((one) => (one.do === "deliver" && one.frame.t === "ev" ? [one.frame.pos] : []));
const hello = (actions: Action[]) => actions.flatMap((one) => (one.do === "send" && one.frame.t === "hello" ? [one.frame] : []))[0];
const what = (actions: Action[]) => actions.map((one) => one.do);

/** A live connection at time 0 that holds position 10. */
function live(random = () => 0.5): Connection {
  const connection = new Connection(introduce, random);
  connection.step({ is: "start" }, 0);
  connection.step({ is: "opened", ticket: "ticket" }, 0);
  connection.step({ is: "frame", frame: welcome(10) }, 0);
  return connection;
}

test("the first hello carries the ticket and asks for nothing to be resumed", () => {
  const connection = new Connection(introduce, () => 0);
  assert.deepEqual(what(connection.step({ is: "start" }, 0)), ["dial"]);
  const frame = hello(connection.step({ is: "opened", ticket: "once" }, 5));
  assert.equal(frame?.ticket, "once");
  assert.equal(frame?.resume, undefined);
});

test("events in order are shown, and the place moves with them", () => {
  const connection = live();
  assert.deepEqual(shown(connection.step({ is: "frame", frame: event(12, 10) }, 1)), [12]);
  assert.deepEqual(shown(connection.step({ is: "frame", frame: event(15, 12) }, 2)), [15]);
  assert.equal(connection.pos, 15);
});

test("a hole stops the showing and resumes on the same socket from where we are", () => {
  const connection = live();
  const actions = connection.step({ is: "frame", frame: event(14, 12) }, 1);
  assert.deepEqual(shown(actions), []);
  assert.deepEqual(hello(actions)?.resume, { epoch: "e1", pos: 10 });
  assert.deepEqual(shown(connection.step({ is: "frame", frame: event(15, 14) }, 2)), []);
  connection.step({ is: "frame", frame: welcome(15, "replay") }, 3);
  const replayed = [event(12, 10), event(14, 12), event(15, 14)].flatMap((frame) => shown(connection.step({ is: "frame", frame }, 4)));
  assert.deepEqual(replayed, [12, 14, 15]);
});

test("the same hole twice asks for everything anew instead of turning in circles", () => {
  const connection = live();
  assert.ok(hello(connection.step({ is: "frame", frame: event(14, 12) }, 1))?.resume);
  connection.step({ is: "frame", frame: welcome(10, "resumed") }, 2);
  const again = hello(connection.step({ is: "frame", frame: event(14, 12) }, 3));
  assert.ok(again);
  assert.equal(again.resume, undefined);
});

test("the position of a welcome replaces ours, even when it is lower", () => {
  const connection = live();
  connection.step({ is: "closed", code: 1006 }, 1);
  connection.step({ is: "tick" }, 1);
  connection.step({ is: "opened", ticket: "t" }, 2);
  connection.step({ is: "frame", frame: welcome(3, "reset", "e2") }, 3);
  assert.equal(connection.pos, 3);
  assert.equal(connection.epoch, "e2");
  assert.deepEqual(shown(connection.step({ is: "frame", frame: event(4, 3) }, 4)), [4]);
});

test("a ping is answered at once, and a head beyond ours resumes", () => {
  const connection = live();
  const calm = connection.step({ is: "frame", frame: { t: "ping", pos: 10 } }, 1);
  assert.deepEqual(calm, [{ do: "send", frame: { t: "pong", pos: 10 } }]);
  const behind = connection.step({ is: "frame", frame: { t: "ping", pos: 11 } }, 2);
  assert.deepEqual(what(behind), ["send", "send"]);
  assert.equal(hello(behind)?.resume?.pos, 10);
});

test("35 s without a frame is death, one millisecond less is not", () => {
  const connection = live();
  assert.deepEqual(connection.step({ is: "tick" }, deadAfterMilliseconds - 1), []);
  assert.deepEqual(what(connection.step({ is: "tick" }, deadAfterMilliseconds)), ["hangUp", "lost"]);
});

test("a probe without an answer within 2 s is death, with one it is life", () => {
  const dead = live();
  dead.step({ is: "probe" }, 100);
  assert.equal(dead.deadline(), 100 + probeMilliseconds);
  assert.deepEqual(what(dead.step({ is: "tick" }, 100 + probeMilliseconds)), ["hangUp", "lost"]);
  const alive = live();
  alive.step({ is: "probe" }, 100);
  alive.step({ is: "frame", frame: { t: "ping", pos: 10 } }, 200);
  assert.deepEqual(alive.step({ is: "tick" }, 100 + probeMilliseconds), []);
});

test("after a sound connection the first try is at once, the next ones jitter between half a second and thirty", () => {
  for (const chance of [0, 0.5, 0.999_999]) {
    const connection = live(() => chance);
    let now = 60_000;
    connection.step({ is: "frame", frame: { t: "ping", pos: 10 } }, now);
    connection.step({ is: "closed", code: 1006 }, now);
    assert.equal(connection.retryAt, now);
    for (let attempt = 0; attempt < 12; attempt += 1) {
      now = connection.retryAt;
      connection.step({ is: "tick" }, now);
      connection.step({ is: "refused" }, now);
      assert.ok(connection.retryAt - now >= 500 && connection.retryAt - now <= 30_000);
    }
  }
});

test("a connection that dies young is not tried again at once for ever", () => {
  const connection = live();
  connection.step({ is: "closed", code: 1006 }, 1);
  connection.step({ is: "tick" }, 1);
  connection.step({ is: "opened", ticket: "t" }, 2);
  connection.step({ is: "frame", frame: welcome(10, "resumed") }, 3);
  connection.step({ is: "closed", code: 1006 }, 4);
  assert.ok(connection.retryAt >= 504);
});

test("the time that bye names is obeyed, once", () => {
  const connection = live();
  connection.step({ is: "frame", frame: { t: "bye", code: "going_away", retry_ms: 4_321 } }, 100);
  connection.step({ is: "closed", code: 4400 }, 100);
  assert.equal(connection.retryAt, 4_421);
});

test("the range of a close code says whether to come back, unknown codes included", () => {
  for (const code of [1006, 4400, 4401, 4477, 4499]) {
    const connection = live();
    assert.deepEqual(what(connection.step({ is: "closed", code }, 1)), ["lost"]);
    assert.equal(connection.phase, "waiting");
  }
  for (const code of [4500, 4512, 4577, 4599]) {
    const connection = live();
    assert.deepEqual(what(connection.step({ is: "closed", code }, 1)), ["hangUp", "ended"]);
    assert.equal(connection.deadline(), undefined);
  }
});

test("resync forgets the place, so that a snapshot comes", () => {
  const connection = live();
  connection.step({ is: "closed", code: 4410 }, 1);
  connection.step({ is: "tick" }, 1);
  assert.equal(hello(connection.step({ is: "opened", ticket: "t" }, 2))?.resume, undefined);
});

test("frames of a socket that is gone are not heard", () => {
  const connection = live();
  connection.step({ is: "closed", code: 1006 }, 1);
  assert.deepEqual(connection.step({ is: "frame", frame: event(12, 10) }, 2), []);
});
