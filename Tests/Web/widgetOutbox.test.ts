import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../Sources/Widget/core/outbox";
import { MemoryOutboxStore, PromptOutboxStore, SteppingOutboxStore, TextOutboxStore } from "../../Sources/Widget/core/outboxStore";
import type { OutboxStore } from "../../Sources/Widget/core/outboxStore";
import { EntrustedTextStorage, LocalTextStorage } from "../../Sources/Widget/core/textStorage";
import { HandClock } from "./widgetWorld";

function fresh(store: OutboxStore = new MemoryOutboxStore()): { outbox: Outbox; clock: HandClock; store: OutboxStore } {
  const clock = new HandClock();
  return { outbox: new Outbox(store, clock), clock, store };
}
const texts = (outbox: Outbox, limit = 9): unknown[] =>
  outbox.due(limit).map((frame) => (frame.t === "send" ? frame.body.text : frame.t === "open" ? "open " + frame.first.text : frame.t));

test("a message is stored before it is due", async () => {
  const { outbox, store } = fresh();
  const item = await outbox.write("hello", "c1", undefined);
  deepEqual((await store.all()).map((kept) => kept.cid), [item.cid]);
  ok(/^[A-Za-z0-9_-]{16,64}$/.test(item.cid));
});

test("messages go out in order, at most the limit unanswered", async () => {
  const { outbox } = fresh();
  const [first] = [await outbox.write("one", "c1", undefined), await outbox.write("two", "c1", undefined), await outbox.write("three", "c1", undefined)];
  deepEqual(texts(outbox, 2), ["one", "two"]);
  deepEqual(texts(outbox, 2), []);
  outbox.settle(first.cid);
  deepEqual(texts(outbox, 2), ["three"]);
});

test("after a disconnect everything unanswered goes out again with the same cids", async () => {
  const { outbox } = fresh();
  await outbox.write("one", "c1", undefined);
  const before = outbox.due(9);
  outbox.disconnected();
  deepEqual(outbox.due(9), before);
});

test("one opening at a time, and what waits behind it goes into the conversation that it opened", async () => {
  const { outbox } = fresh();
  const first = await outbox.write("one", undefined, { name: "Ana" });
  await outbox.write("two", undefined, { name: "Ana" });
  const [open] = outbox.due(9);
  ok(open?.t === "open" && open.form?.name === "Ana" && open.first.cid === first.cid && open.cid !== first.cid);
  deepEqual(texts(outbox), []);
  equal(outbox.settle(first.open ?? "")?.cid, first.cid);
  outbox.address("c1");
  deepEqual(texts(outbox), ["two"]);
});

test("a frame that went out once keeps its shape", async () => {
  const { outbox } = fresh();
  await outbox.write("one", undefined, undefined);
  const before = outbox.due(9);
  outbox.disconnected();
  outbox.address("c1");
  deepEqual(outbox.due(9), before);
});

test("a page that loads later finds what the page before it left, and sends it in the same order", async () => {
  const { outbox, store } = fresh();
  await outbox.write("one", "c1", undefined);
  await outbox.write("two", "c1", undefined);
  const { outbox: later } = fresh(store);
  await later.load();
  deepEqual(later.due(9), outbox.due(9));
});

test("what was settled never comes back from the store", async () => {
  const { outbox, store } = fresh();
  const item = await outbox.write("one", "c1", undefined);
  outbox.settle(item.cid);
  await store.put(item);
  await outbox.load();
  deepEqual(outbox.items, []);
});

test("a postponement stops everything until its time, and not longer", async () => {
  const { outbox, clock } = fresh();
  const item = await outbox.write("one", "c1", undefined);
  outbox.due(9);
  outbox.postpone(item.cid, 1000);
  clock.pass(999);
  deepEqual(texts(outbox), []);
  clock.pass(1);
  deepEqual(texts(outbox), ["one"]);
});

test("two tabs that move a message to a new conversation use the same cids", async () => {
  const store = new MemoryOutboxStore();
  const { outbox } = fresh(store);
  const item = await outbox.write("one", "c1", undefined);
  const { outbox: other } = fresh(store);
  await other.load();
  for (const tab of [outbox, other]) {
    tab.settle(item.cid);
    await tab.reopen(item);
  }
  deepEqual(other.due(9), outbox.due(9));
  deepEqual(other.items.length, 1);
});

test("a store that fails hands over to the next one", async () => {
  const broken: OutboxStore = {
    all: () => Promise.reject(new Error("no")), put: () => Promise.reject(new Error("full")),
    remove: () => Promise.reject(new Error("no")), clear: () => Promise.reject(new Error("no")),
  };
  const memory = new MemoryOutboxStore();
  const { outbox } = fresh(new SteppingOutboxStore([broken, memory]));
  const item = await outbox.write("one", "c1", undefined);
  equal((await memory.all()).length, 1);
  outbox.settle(item.cid);
  equal((await memory.all()).length, 0);
});

test("a text store keeps inboxes apart and drops what it cannot read", async () => {
  const storage: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => storage[key] ?? null,
    setItem: (key: string, value: string) => void (storage[key] = value),
    removeItem: (key: string) => void delete storage[key],
  };
  const enumerable = { ownKeys: () => Object.keys(storage), getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) };
  const local = new Proxy(methods, enumerable) as unknown as Storage;
  const one = new TextOutboxStore(new LocalTextStorage(local, "a."));
  const two = new TextOutboxStore(new LocalTextStorage(local, "b."));
  await one.put({ kind: "text", cid: "x", at: 1, text: "hello", conv: "c1" });
  storage["a.outbox.y"] = "{";
  equal((await one.all()).length, 1);
  equal(storage["a.outbox.y"], undefined);
  equal((await two.all()).length, 0);
});

test("where the iframe may store nothing, the site keeps the outbox and gives it to the next page", async () => {
  const site: Record<string, string> = {};
  const entrust = (key: string, value: string | undefined): void => {
    if (value === undefined) delete site[key];
    else site[key] = value;
  };
  const { outbox } = fresh(new TextOutboxStore(new EntrustedTextStorage(site, entrust)));
  const item = await outbox.write("kept", "c1", undefined);
  const { outbox: later } = fresh(new TextOutboxStore(new EntrustedTextStorage(site, entrust)));
  await later.load();
  deepEqual(later.items, [item]);
  later.settle(item.cid);
  deepEqual(site, {});
});

test("a page that is left before the slow store answers leaves the message in the prompt one", async () => {
  const prompt = new TextOutboxStore(new EntrustedTextStorage());
  const lasting = new MemoryOutboxStore();
  let stored = (): void => {};
  const slow: OutboxStore = {
    all: () => lasting.all(),
    put: (item) => new Promise((resolve) => { stored = () => void lasting.put(item).then(resolve); }),
    remove: (cid) => lasting.remove(cid),
    clear: () => lasting.clear(),
  };
  const { outbox, store } = fresh(new SteppingOutboxStore([new PromptOutboxStore(prompt, slow), prompt]));
  const written = outbox.write("one", "c1", undefined);
  deepEqual((await store.all()).length, 1);
  deepEqual((await prompt.all()).length, 1);
  stored();
  await written;
  deepEqual((await prompt.all()).length, 0);
  deepEqual((await store.all()).length, 1);
});
