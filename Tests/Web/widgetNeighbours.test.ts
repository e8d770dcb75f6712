import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { Neighbours } from "../../Sources/Widget/core/neighbours";
import type { Channel } from "../../Sources/Widget/core/neighbours";
import { HandClock, settle } from "./widgetWorld";

/** Channels of one name in one browser: what one says all others hear. */
function street(clock: HandClock): () => { tab: Neighbours; heard: string[] } {
  const channels: Channel[] = [];
  return () => {
    const heard: string[] = [];
    const channel: Channel = {
      onmessage: null,
      postMessage: (message) => {
        for (const other of channels) if (other !== channel) other.onmessage?.({ data: message });
      },
    };
    channels.push(channel);
    clock.pass(1);
    return { tab: new Neighbours(channel, clock, (key, value) => heard.push(`${key}=${value}`)), heard };
  };
}

test("a tab alone introduces itself at once", () => {
  const open = street(new HandClock());
  equal(open().tab.introduce(), undefined);
});

test("of two new tabs the older goes first, and the other waits for its token", async () => {
  const clock = new HandClock();
  const open = street(clock);
  const [older, younger] = [open(), open()];
  const order: string[] = [];
  void younger.tab.introduce()?.then(() => order.push("younger"));
  void older.tab.introduce()?.then(() => order.push("older"));
  clock.pass(120);
  await settle();
  deepEqual(order, ["older"]);
  older.tab.tell("tok", "t1");
  await settle();
  deepEqual(order, ["older", "younger"]);
  deepEqual(younger.heard, ["tok=t1"]);
});

test("a tab that is introducing itself already keeps others back, whatever their name", async () => {
  const clock = new HandClock();
  const open = street(clock);
  const [older, younger] = [open(), open()];
  let went = false;
  void younger.tab.introduce()?.then(() => {});
  clock.pass(120);
  await settle();
  void older.tab.introduce()?.then(() => (went = true));
  clock.pass(120);
  await settle();
  equal(went, false);
  younger.tab.tell("tok", "t1");
  await settle();
  equal(went, true);
});

test("a neighbour that never gets a token is waited for three seconds, within the server's five", async () => {
  const clock = new HandClock();
  const open = street(clock);
  const [older, younger] = [open(), open()];
  let went = false;
  void older.tab.introduce();
  void younger.tab.introduce()?.then(() => (went = true));
  clock.pass(120);
  await settle();
  clock.pass(2_999);
  await settle();
  equal(went, false);
  clock.pass(1);
  await settle();
  equal(went, true);
});
