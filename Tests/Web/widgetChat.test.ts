import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { World, conversation, event, live, settle, welcomeFrame } from "./widgetWorld";

const mine = { k: "visitor", me: true } as const;

test("no socket is opened for somebody who only looks", async () => {
  const world = new World();
  await world.chat.begin();
  world.chat.look(true, true);
  world.clock.pass(600_000);
  equal(world.sockets.length, 0);
});

test("the first message opens the conversation, and its event takes the place of its bubble", async () => {
  const world = new World();
  await world.chat.send("hello", { name: "Ana" });
  equal(world.chat.bubbles[0]?.state, "sending");
  const hello = world.welcome("reset");
  deepEqual([hello.tok, hello.resume, (hello.page as { url: string }).url], [undefined, undefined, "https://shop.example/"]);
  const open = world.socket.taken("open")[0] as unknown as { cid: string; form: unknown; first: { cid: string } };
  deepEqual(open.form, { name: "Ana" });
  world.socket.give(live(1, { kind: "opened", from: mine, body: {} }));
  world.socket.give(live(2, { from: mine, cid: open.first.cid, body: { text: "hello" } }));
  world.socket.give({ t: "ack", cid: open.cid, conv: "c1", seq: 2, pos: 2, ts: 1 });
  deepEqual(world.chat.bubbles, []);
  equal(world.chat.open?.head, 2);
  deepEqual(await world.store.all(), []);
  deepEqual(world.happenings.map((happening) => happening.is), ["chat:start", "message:out"]);
});

test("an acknowledged opening stays visible as sent until its event comes", async () => {
  const world = new World();
  await world.chat.send("hello", undefined);
  world.welcome("reset");
  const open = world.socket.taken("open")[0] as unknown as { cid: string; first: { cid: string } };
  world.socket.give({ t: "ack", cid: open.cid, conv: "c1", seq: 2, pos: 2, ts: 1 });
  deepEqual(world.chat.bubbles.map((bubble) => bubble.state), ["sent"]);
  world.socket.give(live(1, { kind: "opened", from: mine, body: {} }));
  world.socket.give(live(2, { from: mine, cid: open.first.cid, body: { text: "hello" } }));
  deepEqual(world.chat.bubbles, []);
});

test("an acknowledged message moves to its place without waiting for its event", async () => {
  const world = await talking();
  await world.chat.send("more", undefined);
  const [send] = world.socket.taken("send");
  world.socket.give({ t: "ack", cid: send?.cid, conv: "c1", seq: 3, pos: 3, ts: 9 });
  deepEqual(world.chat.bubbles, []);
  equal(world.chat.open?.head, 3);
  world.socket.give(live(4));
  equal(world.chat.open?.head, 4);
});

test("a message written offline is there after a reload, and is sent once with the cid it had", async () => {
  const world = new World();
  await world.chat.send("kept", undefined);
  world.socket.break();
  const cid = world.chat.bubbles[0]?.cid;

  const reloaded = world.tab();
  await reloaded.begin();
  deepEqual(reloaded.bubbles.map((bubble) => bubble.text), ["kept"]);
  world.welcome("reset");
  const open = world.socket.taken("open")[0] as unknown as { first: { cid: string } };
  equal(open.first.cid, cid);
  world.socket.give(live(1, { kind: "opened", from: mine, body: {} }));
  world.socket.give(live(2, { from: mine, ...(cid ? { cid } : {}), body: { text: "kept" } }));
  deepEqual(reloaded.bubbles, []);
});

test("acks that are lost lead to the same cids again, and the event counts as the ack", async () => {
  const world = await talking();
  await world.chat.send("one", undefined);
  const [first] = world.socket.taken("send");
  world.socket.break();
  world.clock.pass(30_000);
  world.socket.open();
  world.socket.taken();
  world.socket.give(welcomeFrame("replay"));
  deepEqual(world.socket.taken("send").map((frame) => frame.cid), [first?.cid]);
  world.socket.give(live(3, { from: mine, cid: first?.cid as string, body: { text: "one" } }));
  world.socket.give({ t: "ack", cid: first?.cid, conv: "c1", seq: 3, pos: 3, ts: 9, dup: true });
  deepEqual(world.chat.bubbles, []);
  deepEqual(world.chat.open?.rows().length, 3);
});

test("a reconnect resumes from what is held", async () => {
  const world = await talking();
  world.socket.break();
  world.clock.pass(30_000);
  world.socket.open();
  deepEqual(world.socket.taken("hello")[0]?.resume, { epoch: "e1", convs: { c1: 2 } });
});

test("a gap asks again from the same place, and shows nothing out of order meanwhile", async () => {
  const world = await talking();
  world.socket.give(live(4));
  const hello = world.socket.taken("hello")[0];
  deepEqual(hello?.resume, { epoch: "e1", convs: { c1: 2 } });
  world.socket.give(live(5));
  equal(world.chat.open?.head, 2);
  world.socket.give(welcomeFrame("replay"));
  for (const seq of [3, 4, 5]) world.socket.give(live(seq));
  equal(world.chat.open?.head, 5);
  deepEqual(world.socket.taken("hello"), []);
});

test("a gap that resuming does not heal leads to a snapshot, never to a loop", async () => {
  const world = await talking();
  world.socket.give(live(4));
  world.socket.taken("hello");
  world.socket.give(welcomeFrame("resumed"));
  world.socket.give(live(5));
  const second = world.socket.taken("hello")[0];
  ok(second !== undefined && second.resume === undefined);
  world.socket.give(welcomeFrame("resumed"));
  for (let seq = 6; seq < 20; seq += 1) world.socket.give(live(seq));
  ok(world.socket.taken("hello").length <= 1);
});

test("a ping that is ahead leads to a resume only if nothing more comes", async () => {
  const world = await talking();
  world.socket.give({ t: "ping", pos: { c1: 3 } });
  world.socket.give(live(3));
  world.clock.pass(2_000);
  deepEqual(world.socket.taken("hello"), []);
  world.socket.give({ t: "ping", pos: { c1: 4 } });
  world.clock.pass(1_999);
  deepEqual(world.socket.taken("hello"), []);
  world.clock.pass(1);
  equal(world.socket.taken("hello").length, 1);
});

test("a new epoch throws away what was held", async () => {
  const world = await talking();
  world.socket.break();
  world.clock.pass(30_000);
  world.welcome("reset", [conversation([event(1)], { id: "c9" })], "e2");
  deepEqual(world.chat.timelines.map((timeline) => timeline.id), ["c9"]);
});

test("a message for a conversation that has ended opens a new one, under a cid of its own", async () => {
  const world = await talking();
  await world.chat.send("too late", undefined);
  const [send] = world.socket.taken("send");
  world.socket.give({ t: "err", cid: send?.cid, code: "conv_closed" });
  await settle();
  const open = world.socket.taken("open")[0] as unknown as { first: { cid: string; text: string } };
  equal(open.first.text, "too late");
  ok(open.first.cid !== send?.cid);
});

test("a refusal with a time is tried again after it, with the same cid", async () => {
  const world = await talking();
  await world.chat.send("one", undefined);
  const [first] = world.socket.taken("send");
  world.socket.give({ t: "err", cid: first?.cid, code: "rate", retry_ms: 700 });
  world.clock.pass(699);
  deepEqual(world.socket.taken("send"), []);
  world.clock.pass(1);
  deepEqual(world.socket.taken("send").map((frame) => frame.cid), [first?.cid]);
});

test("a final refusal keeps the text visible with its reason, to be written again", async () => {
  const world = await talking();
  await world.chat.send("no", undefined);
  const [send] = world.socket.taken("send");
  world.socket.give({ t: "err", cid: send?.cid, code: "blocked" });
  await settle();
  const [bubble] = world.chat.bubbles;
  deepEqual([bubble?.state, bubble?.reason], ["failed", "blocked"]);
  equal(world.chat.retract(bubble?.cid ?? ""), "no");
  deepEqual(world.chat.bubbles, []);
});

test("a reused cid means that the first one stands: nothing is shown as failed", async () => {
  const world = await talking();
  await world.chat.send("twice", undefined);
  const [send] = world.socket.taken("send");
  world.socket.give({ t: "err", cid: send?.cid, code: "cid_reuse" });
  await settle();
  deepEqual(world.chat.bubbles, []);
});

test("a refused form never costs the message: it goes without the form", async () => {
  const world = new World();
  await world.chat.send("hello", { email: "not an address" });
  world.welcome("reset");
  const [open] = world.socket.taken("open");
  world.socket.give({ t: "err", cid: open?.cid, code: "form", field: "email" });
  await settle();
  const again = world.socket.taken("open")[0] as unknown as { form?: unknown; first: { text: string } };
  deepEqual([again.form, again.first.text], [undefined, "hello"]);
});

test("receipts are gathered for a second and say read only to somebody who looks", async () => {
  const world = await talking();
  world.clock.pass(1_000);
  world.socket.taken();
  world.socket.give(live(3));
  world.socket.give(live(4));
  world.clock.pass(999);
  deepEqual(world.socket.taken("rcpt"), []);
  world.clock.pass(1);
  deepEqual(world.socket.taken("rcpt"), [{ t: "rcpt", conv: "c1", recv: 4, read: 0 }]);
  equal(world.chat.unread, 3);
  world.chat.look(true, true);
  world.clock.pass(1_000);
  deepEqual(world.socket.taken("rcpt"), [{ t: "rcpt", conv: "c1", recv: 4, read: 4 }]);
  equal(world.chat.unread, 0);
});

test("a token that is not accepted is put aside, and the outbox goes on", async () => {
  const world = new World();
  world.keep.set("tok", "old");
  await world.chat.send("hello", undefined);
  world.socket.open();
  equal(world.socket.taken("hello")[0]?.tok, "old");
  world.socket.give({ t: "err", code: "token" });
  const hello = world.welcome("reset");
  equal(hello.tok, undefined);
  equal(world.socket.taken("open").length, 1);
});

test("typing is said at most every three seconds and taken back after five of silence", async () => {
  const world = await talking();
  for (let keys = 0; keys < 4; keys += 1) {
    world.chat.typed();
    world.clock.pass(1_000);
  }
  deepEqual(world.socket.taken("eph").map((frame) => frame.k), ["typing", "typing"]);
  world.clock.pass(5_000);
  deepEqual(world.socket.taken("eph").map((frame) => frame.k), ["stop"]);
});

test("another person on the same device begins with nothing of the one before", async () => {
  const world = await talking();
  await world.chat.identify("proof of ana", "ana");
  equal(world.keep.get("tok"), "tok1");
  await world.chat.identify("proof of bo", "bo");
  deepEqual([world.keep.get("tok"), world.chat.timelines.length, world.keep.get("sub")], [undefined, 0, "bo"]);
});

test("the socket rests ten minutes after the end, when nobody looks", async () => {
  const world = await talking();
  world.socket.give(live(3, { kind: "closed", body: { by: "rep" } }));
  const feed = world.socket;
  for (let minute = 0; minute < 20; minute += 1) {
    world.clock.pass(30_000);
    feed.give({ t: "ping" });
  }
  equal(world.chat.connection.link.is, "off");
  equal(world.keep.get("active"), undefined);
});

test("a page on which a chat goes on connects without being opened", async () => {
  const world = await talking();
  equal(world.keep.get("active"), "1");
  const next = world.tab();
  await next.begin();
  next.look(false, true);
  equal(world.sockets.length, 2);
  equal(world.keep.get("active"), "1");
});

async function talking(): Promise<World> {
  const world = new World();
  world.keep.set("active", "1");
  await world.chat.begin();
  world.welcome("reset", [conversation([event(1, { kind: "opened", from: mine, body: {} }), event(2)])]);
  world.socket.taken();
  return world;
}
