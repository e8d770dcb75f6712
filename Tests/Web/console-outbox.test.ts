import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryStorage, Outbox, type Entry } from "../../Sources/Console/core/outbox";
import type { DurableFrame } from "../../Sources/Console/core/protocol";

const entry = (cid: string, conv = "a", at = 0, rep = "me"): Entry => ({
  cid, rep, at, state: "queued", frame: { t: "send", cid, conv, kind: "text", body: { text: cid } },
});
const act = (cid: string): Entry => ({ cid, rep: "me", at: 0, state: "queued", frame: { t: "act", cid, conv: "a", op: "claim" } });
const cids = (frames: DurableFrame[]) => frames.map((frame) => frame.cid);

async function filled(...entries: Entry[]): Promise<[Outbox, MemoryStorage]> {
  const storage = new MemoryStorage();
  const outbox = new Outbox(storage);
  for (const one of entries) await outbox.add(one);
  return [outbox, storage];
}

test("frames go out in order, and never more unanswered than the server allows", async () => {
  const [outbox] = await filled(entry("1"), entry("2"), entry("3"));
  assert.deepEqual(cids(outbox.due(0, 2)), ["1", "2"]);
  assert.deepEqual(cids(outbox.due(0, 2)), []);
  outbox.settle("1");
  assert.deepEqual(cids(outbox.due(0, 2)), ["3"]);
});

test("what is not answered when the connection is lost goes again with the same cid", async () => {
  const [outbox] = await filled(entry("1"), entry("2"));
  outbox.due(0, 5);
  outbox.settle("1");
  outbox.lost();
  assert.deepEqual(cids(outbox.due(0, 5)), ["2"]);
});

test("a refusal with a time waits for it and holds back only its own conversation", async () => {
  const [outbox] = await filled(entry("1"), entry("2"), entry("3", "b"));
  outbox.due(0, 1);
  outbox.refuse("1", "busy", 1_000, 0);
  assert.deepEqual(cids(outbox.due(999, 5)), ["3"]);
  assert.equal(outbox.nextRetry(), 1_000);
  assert.deepEqual(cids(outbox.due(1_000, 5)), ["1", "2"]);
});

test("a final refusal keeps the words with the reason, and lets the later ones pass", async () => {
  const [outbox, storage] = await filled(entry("1"), entry("2"));
  outbox.due(0, 1);
  outbox.refuse("1", "conv_closed", undefined, 0);
  assert.equal(outbox.entries[0]?.state, "failed");
  assert.equal(outbox.entries[0]?.code, "conv_closed");
  assert.deepEqual(cids(outbox.due(0, 5)), ["2"]);
  assert.equal((await storage.all()).length, 2);
});

test("a refused act is over; only words are kept", async () => {
  const [outbox, storage] = await filled(act("1"));
  outbox.refuse("1", "claimed", undefined, 0, "Ana");
  assert.equal(outbox.entries.length, 0);
  assert.equal((await storage.all()).length, 0);
});

test("a new page takes up what the old one left, and nothing of another rep", async () => {
  const [old, storage] = await filled(entry("2", "a", 2), entry("1", "a", 1), entry("9", "a", 0, "another"));
  old.due(0, 5);
  const page = new Outbox(storage);
  await page.add(entry("3", "a", 3));
  await page.restore("me");
  assert.deepEqual(cids(page.due(0, 5)), ["1", "2", "3"]);
});

test("two answers for one cid do no harm", async () => {
  const [outbox] = await filled(entry("1"));
  assert.equal(outbox.settle("1")?.cid, "1");
  assert.equal(outbox.settle("1"), undefined);
  assert.equal(outbox.refuse("1", "busy", 10, 0), undefined);
});
