import assert from "node:assert/strict";
import { test } from "node:test";
import { Alarm, badgedTitle, remindEveryMilliseconds, ringEveryMilliseconds } from "../../Sources/Console/core/alarm";
import { cannedQuery, fill, matchCanned } from "../../Sources/Console/core/canned";
import { duration, initials, money, wait } from "../../Sources/Console/core/format";
import { commandOf, sends, type KeyLike } from "../../Sources/Console/core/keys";
import { warmth } from "../../Sources/Console/core/selectors";
import { firstView, readHash, writeHash } from "../../Sources/Console/core/view";

const key = (name: string, more: Partial<KeyLike> = {}): KeyLike =>
  ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("single letters are commands outside text fields, and text inside", () => {
  assert.equal(commandOf(key("j"), false), "next");
  assert.equal(commandOf(key("j"), true), undefined);
  assert.equal(commandOf(key("?", { shiftKey: true }), false), "help");
  assert.equal(commandOf(key("/"), false), "canned");
});

test("AltGr and Alt type characters of national layouts and are never commands", () => {
  assert.equal(commandOf(key("e", { altKey: true }), false), undefined);
  assert.equal(commandOf(key("e", { getModifierState: (name) => name === "AltGraph" }), false), undefined);
  assert.equal(commandOf(key("e", { ctrlKey: true }), false), undefined);
});

test("the palette and the telephone work from everywhere", () => {
  for (const inField of [true, false]) {
    assert.equal(commandOf(key("k", { ctrlKey: true }), inField), "palette");
    assert.equal(commandOf(key("K", { metaKey: true }), inField), "palette");
    assert.equal(commandOf(key("F9"), inField), "accept");
    assert.equal(commandOf(key("F9", { shiftKey: true }), inField), "decline");
  }
  assert.equal(commandOf(key("F9", { repeat: true }), false), undefined);
});

test("Enter sends, Shift+Enter does not, and an input method keeps its Enter", () => {
  assert.equal(sends(key("Enter")), true);
  assert.equal(sends(key("Enter", { shiftKey: true })), false);
  assert.equal(sends(key("Enter", { isComposing: true })), false);
  assert.equal(sends(key("Enter", { keyCode: 229 })), false);
  assert.equal(commandOf(key("j", { isComposing: true }), false), undefined);
});

test("canned replies open by a slash at the beginning only", () => {
  assert.equal(cannedQuery("/"), "");
  assert.equal(cannedQuery("/He"), "he");
  for (const text of ["and/or", "hello /he", "/he llo", "//"]) assert.equal(cannedQuery(text), undefined);
  const list = [{ key: "bye", text: "say hello again" }, { key: "hello", text: "x" }];
  assert.deepEqual(matchCanned(list, "hello").map((one) => one.key), ["hello", "bye"]);
});

test("a name that we do not know leaves no hole", () => {
  const me = "Ana";
  assert.equal(fill("Hello {name}, this is {me}.", { name: "Zoë", me }), "Hello Zoë, this is Ana.");
  assert.equal(fill("Hello {name}, this is {me}.", { name: "", me }), "Hello, this is Ana.");
  assert.equal(fill("Thank you, {name}. More?", { name: "", me }), "Thank you. More?");
  assert.equal(fill("{name}，您好！我是{me}", { name: "", me: "王静" }), "您好！我是王静");
});

test("the alarm rings while it rings, reminds now and then, and is silent in calm", () => {
  const alarm = new Alarm();
  const rings = { rings: 1, unanswered: 0, total: 1 };
  const owed = { rings: 0, unanswered: 1, total: 1 };
  assert.equal(alarm.due(rings, 0), "ring");
  assert.equal(alarm.due(rings, ringEveryMilliseconds - 1), undefined);
  assert.equal(alarm.due(rings, ringEveryMilliseconds), "ring");
  assert.equal(alarm.due(owed, 3_000), "tap");
  assert.equal(alarm.due(owed, 3_000 + remindEveryMilliseconds - 1), undefined);
  assert.equal(alarm.due({ ...owed, unanswered: 2, total: 2 }, 4_000), "tap");
  assert.equal(alarm.due(owed, 4_000 + remindEveryMilliseconds), "tap");
  assert.equal(alarm.due({ rings: 0, unanswered: 0, total: 0 }, 100_000), undefined);
});

test("the title counts what is owed", () => {
  assert.equal(badgedTitle("S", { rings: 0, unanswered: 0, total: 0 }), "S");
  assert.equal(badgedTitle("S", { rings: 1, unanswered: 1, total: 2 }), "(2) S");
  assert.equal(badgedTitle("S", { rings: 0, unanswered: 100, total: 100 }), "(99+) S");
});

test("waiting warms at 30 s and at 120 s", () => {
  assert.deepEqual([29_999, 30_000, 119_999, 120_000].map(warmth), ["quiet", "warn", "warn", "danger"]);
});

test("times, money and faces read as people write them", () => {
  assert.deepEqual([7_000, 754_000, 3_723_000].map(duration), ["0:07", "12:34", "1:02:03"]);
  assert.deepEqual([59_999, 60_000, 3_600_000, 86_400_000].map((one) => wait(one, "en")), ["59s", "1m", "1h", "1d"]);
  assert.equal(money(48_600_050, "CNY", "zh"), "¥486,000.50");
  assert.equal(money(5_000, "JPY", "en"), "¥5,000");
  assert.deepEqual(["陈晓明", "Zoë O’Brien", "王静", "", "Marco"].map(initials), ["晓明", "ZO", "王静", "", "M"]);
});

test("the address bar carries the place and nothing breaks on a bad one", () => {
  const place = { ...firstView, list: "queue" as const, conv: "a/b c" };
  assert.deepEqual(readHash(writeHash(place)), { route: "inbox", list: "queue", conv: "a/b c" });
  assert.deepEqual(readHash("#/people/p%201"), { route: "people", person: "p 1" });
  assert.deepEqual(readHash("#/nonsense/%E0%A4%A"), { route: "inbox", list: "mine" });
});
