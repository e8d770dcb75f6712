import assert from "node:assert/strict";
import { test } from "node:test";
import { typingMilliseconds } from "../../Sources/Console/core/frames";
import type { Conversation, LogEvent, ServerFrame } from "../../Sources/Console/core/protocol";
import { alertOf, mine, queue, ringing } from "../../Sources/Console/core/selectors";
import { emptyState, type State } from "../../Sources/Console/core/state";
import { reduce } from "../../Sources/Console/core/store";

const me = { id: "me", name: "Me", email: "", role: "rep", state: "online" as const, capacity: 100 };
const conversation = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id, channel: "chat", state: "active", rev: 1, seq: 1, vseq: 1, opened: 0, since: 0, unread: 0,
  who: { match: "unknown", level: "none" }, ...more,
});
const event = (conv: string, seq: number, text = String(seq)): LogEvent =>
  ({ conv, seq, vseq: seq, ts: seq, from: { k: "visitor" }, kind: "text", body: { text } });
const begin: State = { ...emptyState, session: "open", me, loaded: true };
const after = (state: State, ...frames: ServerFrame[]): State =>
  frames.reduce((held, frame) => reduce(held, { is: "frame", frame, now: 1_000 }), state);
const pushed = (pos: number, one: LogEvent): ServerFrame => ({ t: "ev", pos, prev: pos - 1, ...one });
const owner = { id: "me", name: "Me" };

test("an event that comes twice stands once, in the order of seq", () => {
  const state = after(begin, { t: "conv", conv: conversation("a") }, pushed(3, event("a", 3)), pushed(2, event("a", 2)),
    pushed(3, event("a", 3, "again")));
  assert.deepEqual(state.events["a"]?.map((one) => [one.seq, one.body.text]), [[2, "2"], [3, "3"]]);
});

test("an older conversation does not overwrite a newer one", () => {
  const state = after(begin, { t: "conv", conv: conversation("a", { rev: 5, seq: 9, unread: 2 }) },
    { t: "conv", conv: conversation("a", { rev: 4, seq: 9, unread: 0 }) }, { t: "conv", conv: conversation("a", { rev: 5, seq: 8 }) });
  assert.equal(state.convs["a"]?.unread, 2);
  const newer = after(state, { t: "conv", conv: conversation("a", { rev: 6, seq: 9, unread: 0 }) });
  assert.equal(newer.convs["a"]?.unread, 0);
});

test("what is gone leaves every list, with a word about why", () => {
  const state = after(begin, { t: "conv", conv: conversation("a", { owner }) },
    { t: "ring", conv: "a", channel: "chat", why: "owner", who: { match: "unknown", level: "none" } },
    { t: "gone", conv: "a", why: "claimed", by: "Ana" });
  assert.equal(mine(state).length + queue(state).length + ringing(state).length, 0);
  assert.deepEqual(state.gone["a"], { why: "claimed", by: "Ana" });
});

test("a ring ends with its conversation even when ring_end was lost", () => {
  const offered = conversation("a", { state: "offered", offered: [owner] });
  const ring: ServerFrame = { t: "ring", conv: "a", channel: "chat", why: "owner", who: offered.who };
  const state = after(begin, { t: "conv", conv: offered }, ring);
  assert.equal(ringing(state).length, 1);
  const taken = after(state, { t: "conv", conv: conversation("a", { rev: 2, owner: { id: "ana", name: "Ana" } }) });
  assert.equal(ringing(taken).length, 0);
});

test("an offer whose ring frame was lost rings all the same", () => {
  const state = after(begin, { t: "conv", conv: conversation("a", { state: "offered", offered: [owner] }) });
  assert.deepEqual(ringing(state).map((row) => row.conv), ["a"]);
});

test("calls ring above chats", () => {
  const who = { match: "unknown", level: "none" } as const;
  const state = after(begin, { t: "ring", conv: "chat", channel: "chat", why: "owner", who, deadline: 5 },
    { t: "ring", conv: "call", channel: "call", why: "carrier", who });
  assert.deepEqual(ringing(state).map((row) => row.conv), ["call", "chat"]);
});

test("a ring that nobody took is shown as missed; one that somebody took is not", () => {
  const who = { match: "unknown", level: "none" } as const;
  const ring: ServerFrame = { t: "ring", conv: "a", channel: "call", why: "carrier", who };
  assert.equal(after(begin, ring, { t: "ring_end", conv: "a", why: "ended" }).missed[0]?.conv, "a");
  assert.equal(after(begin, ring, { t: "ring_end", conv: "a", why: "timeout" }).missed.length, 1);
  for (const why of ["accepted", "elsewhere", "declined", "withdrawn"]) {
    assert.equal(after(begin, ring, { t: "ring_end", conv: "a", why }).missed.length, 0);
  }
});

test("mine stand in the order of waiting, then live calls, calm chats and open wrap-ups", () => {
  const state = [
    conversation("wrapup", { owner, state: "wrapup" }), conversation("calm", { owner }), conversation("short", { owner, waiting_since: 900 }),
    conversation("long", { owner, waiting_since: 100 }), conversation("call", { owner, channel: "call" }),
    conversation("other", { owner: { id: "ana", name: "Ana" } }),
  ].reduce((held, conv) => after(held, { t: "conv", conv }), begin);
  assert.deepEqual(mine(state).map((conv) => conv.id), ["long", "short", "call", "calm", "wrapup"]);
});

test("the alert is there while something is owed, and gone when it is answered or looked at", () => {
  const waiting = conversation("a", { owner, waiting_since: 5, unread: 1 });
  const state = after(begin, { t: "conv", conv: waiting });
  assert.equal(alertOf(state).total, 1);
  assert.equal(alertOf(state, "a").total, 0);
  const { waiting_since: _, ...answered } = { ...waiting, rev: 2, unread: 0 };
  assert.equal(alertOf(after(state, { t: "conv", conv: answered })).total, 0);
});

test("typing ends by itself", () => {
  const state = after(begin, { t: "eph", conv: "a", k: "typing", who: { k: "visitor" } });
  assert.ok(state.typing["a"]?.visitorUntil);
  const before = reduce(state, { is: "clock", now: 1_000 + typingMilliseconds - 1 });
  assert.ok(before.typing["a"]?.visitorUntil);
  assert.equal(reduce(state, { is: "clock", now: 1_000 + typingMilliseconds }).typing["a"], undefined);
});

test("watermarks only rise, and what colleagues have read is read", () => {
  const state = after(begin, { t: "conv", conv: conversation("a", { vseq: 4, unread: 2 }) },
    { t: "wm", conv: "a", who: "visitor", recv: 4, read: 3 }, { t: "wm", conv: "a", who: "visitor", recv: 2, read: 1 },
    { t: "wm", conv: "a", who: "staff", recv: 4, read: 4 });
  assert.deepEqual(state.convs["a"]?.marks?.visitor, { recv: 4, read: 3 });
  assert.equal(state.convs["a"]?.unread, 0);
});

test("the end of a session leaves nothing of one rep for the next", () => {
  const state = reduce(after(begin, { t: "conv", conv: conversation("a") }), { is: "session", session: "none", why: "expired" });
  assert.deepEqual(state, { ...emptyState, session: "none", sessionEnd: "expired" });
});

test("a new build is noticed, the first one is not news", () => {
  const welcome = (build: string): ServerFrame => ({ t: "welcome", sid: "s", epoch: "e", pos: 0, mode: "resumed", now: 1_000, hb: 1,
    limits: begin.limits, me, reps: [], dispositions: [], demo: false, build });
  assert.equal(after(begin, welcome("1")).outdated, false);
  assert.equal(after(begin, welcome("1"), welcome("1")).outdated, false);
  assert.equal(after(begin, welcome("1"), welcome("2")).outdated, true);
});
