import assert from "node:assert/strict";
import { test } from "node:test";
import { holeBefore, unbrokenTail } from "../../Sources/Console/core/log";
import type { Entry } from "../../Sources/Console/core/outbox";
import type { Conversation, LogEvent } from "../../Sources/Console/core/protocol";
import { emptyState, type State } from "../../Sources/Console/core/state";
import { rowsOf, storyOf } from "../../Sources/Console/core/timeline";

const day = new Date(2026, 10, 20, 9, 0).getTime();
const minute = 60_000;
const event = (conv: string, seq: number, kind: string, more: Partial<LogEvent> = {}): LogEvent =>
  ({ conv, seq, vseq: seq, ts: day + seq * minute, from: { k: "visitor" }, kind, body: { text: `${seq}` }, ...more });
const conversation = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id, channel: "chat", state: "active", rev: 1, seq: 1, vseq: 1, opened: 0, since: 0, unread: 0,
  who: { match: "unknown", level: "none" }, ...more,
});
const items = (...events: LogEvent[]) => events.map((one) => ({ is: "event" as const, ts: one.ts, event: one }));
const kinds = (rows: { is: string }[]) => rows.map((row) => row.is);

test("speakers are grouped until another speaks, a long pause, or something between", () => {
  const rows = rowsOf(items(event("a", 1, "text"), event("a", 2, "text"), event("a", 3, "note"), event("a", 4, "text"),
    event("a", 20, "text")), { a: conversation("a") }, []);
  const said = rows.flatMap((row) => (row.is === "said" ? [[row.first, row.last]] : []));
  assert.deepEqual(said, [[true, false], [false, true], [true, true], [true, true]]);
});

test("a run of routing is one quiet line", () => {
  const rows = rowsOf(items(event("a", 1, "opened"), event("a", 2, "queued"), event("a", 3, "joined"), event("a", 4, "text")),
    { a: conversation("a") }, []);
  assert.deepEqual(kinds(rows), ["day", "quiet", "said"]);
});

test("a call is one block wherever its steps stand, its notes stay in the line of time", () => {
  const rows = rowsOf(items(event("k", 1, "call"), event("a", 2, "text"), event("k", 3, "note"), event("k", 4, "call")),
    { a: conversation("a"), k: conversation("k", { channel: "call" }) }, []);
  assert.deepEqual(kinds(rows), ["day", "call", "said", "note"]);
  const block = rows[1];
  assert.ok(block?.is === "call" && block.events.length === 2);
});

test("each day begins once", () => {
  const rows = rowsOf(items(event("a", 1, "text"), event("a", 2, "text"), event("a", 3, "text", { ts: day + 86_400_000 })),
    { a: conversation("a") }, []);
  assert.deepEqual(kinds(rows), ["day", "said", "said", "day", "said"]);
});

test("ticks follow the visitor's marks", () => {
  const rep = { from: { k: "rep" as const, id: "me" } };
  const conv = conversation("a", { marks: { visitor: { recv: 2, read: 1 }, staff: { recv: 0, read: 0 } } });
  const rows = rowsOf(items(event("a", 1, "text", rep), event("a", 2, "text", rep), event("a", 3, "text", rep)), { a: conv }, []);
  assert.deepEqual(rows.flatMap((row) => (row.is === "said" ? [row.receipt] : [])), ["read", "delivered", "sent"]);
});

test("words on their way stand at the end, acts do not stand at all", () => {
  const send: Entry = { cid: "x", rep: "me", at: 0, state: "queued", frame: { t: "send", cid: "x", conv: "a", kind: "text", body: { text: "x" } } };
  const act: Entry = { cid: "y", rep: "me", at: 0, state: "queued", frame: { t: "act", cid: "y", conv: "a", op: "claim" } };
  assert.deepEqual(kinds(rowsOf(items(event("a", 1, "text")), { a: conversation("a") }, [act, send])), ["day", "said", "pending"]);
});

test("behind a hole nothing is shown, and the hole can be asked for", () => {
  const events = [1, 2, 7, 8].map((seq) => event("a", seq, "text"));
  assert.deepEqual(unbrokenTail(events).map((one) => one.seq), [7, 8]);
  assert.equal(holeBefore(events), 7);
  assert.equal(holeBefore(events.slice(0, 2)), 0);
  const state: State = { ...emptyState, convs: { a: conversation("a") }, events: { a: events } };
  assert.deepEqual(storyOf(state, { conv: "a" }).earlier, { conv: "a", before: 7 });
});

test("a person's story holds all their conversations, but nothing from before the horizon", () => {
  const who = { match: "unique" as const, level: "verified" as const, person: { id: "p", name: "P" } };
  const state: State = {
    ...emptyState, convs: { a: conversation("a", { who }), b: conversation("b", { who }) },
    events: { a: [event("a", 5, "text"), event("a", 6, "text")], b: [event("b", 1, "text"), event("b", 4, "text")] },
    timelines: { p: { convs: ["b"], pages: [], horizon: day + 4 * minute, more: true, next: "n", state: "ready" } },
  };
  const story = storyOf(state, { conv: "a" });
  assert.deepEqual(story.rows.flatMap((row) => (row.is === "said" ? [`${row.event.conv}${row.event.seq}`] : [])), ["b4", "a5", "a6"]);
  assert.deepEqual(story.earlier, { person: "p" });
});
