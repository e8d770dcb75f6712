import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { Timeline } from "../../Sources/Widget/core/timeline";
import { conversation, event } from "./widgetWorld";

const numbers = (timeline: Timeline): (number | string)[] =>
  timeline.rows().map((row) => (row.is === "event" ? row.event.seq : `hole before ${row.before}`));

test("events in order extend the head", () => {
  const timeline = new Timeline("c1");
  equal(timeline.apply(event(1), 0), "new");
  equal(timeline.apply(event(2), 1), "new");
  equal(timeline.head, 2);
});

test("a repeated event is known and changes nothing", () => {
  const timeline = new Timeline("c1");
  timeline.apply(event(1), 0);
  equal(timeline.apply(event(1), 0), "known");
  deepEqual(numbers(timeline), [1]);
});

test("an event behind a missing one is a gap and is not shown", () => {
  const timeline = new Timeline("c1");
  timeline.apply(event(1), 0);
  equal(timeline.apply(event(3), 2), "gap");
  deepEqual(numbers(timeline), [1]);
});

test("a snapshot that does not touch what is held leaves a hole, and history fills it", () => {
  const timeline = new Timeline("c1");
  timeline.snapshot(conversation([event(1), event(2)]));
  timeline.snapshot(conversation([event(8), event(9)]));
  deepEqual(numbers(timeline), [1, 2, "hole before 8", 8, 9]);
  timeline.page([event(5), event(6), event(7)], 8, true);
  deepEqual(numbers(timeline), [1, 2, "hole before 5", 5, 6, 7, 8, 9]);
  timeline.page([event(3), event(4)], 5, true);
  deepEqual(numbers(timeline), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("older events than the snapshot are a hole at the top until the server says there are no more", () => {
  const timeline = new Timeline("c1");
  timeline.snapshot(conversation([event(4), event(5)]));
  deepEqual(numbers(timeline), ["hole before 4", 4, 5]);
  timeline.page([event(1), event(2), event(3)], 4, false);
  deepEqual(numbers(timeline), [1, 2, 3, 4, 5]);
});

test("an empty page of history ends the asking", () => {
  const timeline = new Timeline("c1");
  timeline.snapshot(conversation([event(4)]));
  timeline.page([], 4, false);
  deepEqual(numbers(timeline), [4]);
});

test("an acknowledged message is placed only right behind the head", () => {
  const timeline = new Timeline("c1");
  timeline.apply(event(1), 0);
  equal(timeline.acknowledge(event(3)), false);
  equal(timeline.acknowledge(event(2)), true);
  equal(timeline.head, 2);
});

test("marks never go back", () => {
  const timeline = new Timeline("c1");
  timeline.mark("staff", { recv: 5, read: 4 });
  timeline.mark("staff", { recv: 3, read: 5 });
  deepEqual(timeline.staff, { recv: 5, read: 5 });
});

test("unread counts texts of the other side behind the read mark", () => {
  const timeline = new Timeline("c1");
  timeline.snapshot(
    conversation([event(1, { from: { k: "visitor" } }), event(2), event(3, { kind: "joined", body: { name: "Ana" } }), event(4)], {
      marks: { visitor: { recv: 2, read: 2 } },
    }),
  );
  equal(timeline.unread(), 1);
});
