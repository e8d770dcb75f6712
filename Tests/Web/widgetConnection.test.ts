import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { backoffMilliseconds } from "../../Sources/Widget/core/backoff";
import { Connection } from "../../Sources/Widget/core/connection";
import { HandClock, HandSocket, welcomeFrame } from "./widgetWorld";

function fresh(): { connection: Connection; clock: HandClock; sockets: HandSocket[]; last: () => HandSocket } {
  const clock = new HandClock();
  const sockets: HandSocket[] = [];
  const connection = new Connection({
    clock,
    random: () => 0.5,
    openSocket: () => {
      const socket = new HandSocket();
      sockets.push(socket);
      return socket;
    },
    hello: () => ({ t: "hello", v: 1, inbox: "pk", dev: "d", tab: "t", lang: "en", vis: true }),
    received: () => {},
    changed: () => {},
  });
  return { connection, clock, sockets, last: () => sockets[sockets.length - 1] as HandSocket };
}
function online(): ReturnType<typeof fresh> {
  const world = fresh();
  world.connection.start();
  world.last().open();
  world.last().give(welcomeFrame("reset"));
  world.last().taken();
  return world;
}

test("hello is the first frame, and nothing else goes out before the welcome", () => {
  const { connection, last } = fresh();
  connection.start();
  last().open();
  connection.send({ t: "pong" });
  deepEqual(last().taken().map((frame) => frame.t), ["hello"]);
  equal(connection.link.is, "connecting");
});

test("a ping is answered at once", () => {
  const { last } = online();
  last().give({ t: "ping" });
  deepEqual(last().taken(), [{ t: "pong" }]);
});

test("35 seconds without a frame are death, 34.999 are not", () => {
  const { connection, clock, last } = online();
  clock.pass(20_000);
  last().give({ t: "ping" });
  clock.pass(34_999);
  equal(connection.link.is, "online");
  clock.pass(1);
  ok(connection.link.is !== "online");
});

test("the first reconnect comes at once, the later ones with jitter that grows to 30 seconds", () => {
  equal(backoffMilliseconds(0, () => 1), 0);
  equal(backoffMilliseconds(1, () => 0), 500);
  equal(backoffMilliseconds(1, () => 1), 1000);
  equal(backoffMilliseconds(3, () => 1), 4000);
  equal(backoffMilliseconds(50, () => 1), 30_000);
  equal(backoffMilliseconds(50, () => 0), 500);
});

test("a good connection that breaks is tried again at once; one that never lived long is not", () => {
  const { clock, sockets, last } = online();
  clock.pass(10_000);
  last().break();
  clock.pass(0);
  equal(sockets.length, 2);
  last().break();
  clock.pass(0);
  equal(sockets.length, 2);
  clock.pass(750);
  equal(sockets.length, 3);
});

test("a long outage is forgotten with the first welcome: the next wait is at most two seconds", () => {
  const { connection, clock, sockets, last } = fresh();
  connection.start();
  for (let tries = 0; tries < 12; tries += 1) {
    last().break();
    connection.probe();
  }
  last().open();
  last().give(welcomeFrame("resumed"));
  last().break();
  equal(connection.link.is, "waiting");
  const before = sockets.length;
  clock.pass(2_000);
  equal(sockets.length, before + 1);
});

test("a bye decides when to come back", () => {
  const { connection, clock, sockets, last } = online();
  last().give({ t: "bye", code: 4400, retry_ms: 4000 });
  last().break(4400);
  equal(connection.link.is, "waiting");
  clock.pass(3999);
  equal(sockets.length, 1);
  clock.pass(1);
  equal(sockets.length, 2);
});

test("codes 4500 to 4599 are final, known or not; all others reconnect", () => {
  for (const [code, state] of [[4499, "waiting"], [4500, "stopped"], [4512, "stopped"], [4599, "stopped"], [4600, "waiting"], [1006, "waiting"], [4477, "waiting"]] as const) {
    const { connection, last } = online();
    last().break(code);
    equal(connection.link.is, state, String(code));
  }
});

test("a stopped connection starts again only when asked", () => {
  const { connection, clock, sockets, last } = online();
  last().break(4512);
  clock.pass(600_000);
  connection.probe();
  connection.start();
  equal(sockets.length, 1);
  connection.restart();
  equal(sockets.length, 2);
});

test("a probe without an answer within two seconds ends the socket; any frame saves it", () => {
  const { connection, clock, last } = online();
  connection.probe();
  deepEqual(last().taken(), [{ t: "pong" }]);
  clock.pass(1000);
  last().give({ t: "ping" });
  clock.pass(5000);
  equal(connection.link.is, "online");
  connection.probe();
  clock.pass(2000);
  ok(connection.link.is !== "online");
});

test("waking up while waiting tries at once", () => {
  const { connection, sockets, last } = online();
  last().give({ t: "bye", code: 4400, retry_ms: 60_000 });
  last().break(4400);
  connection.probe();
  equal(sockets.length, 2);
});

test("a socket that opens but never welcomes is given up", () => {
  const { connection, clock, sockets, last } = fresh();
  connection.start();
  last().open();
  clock.pass(9_999);
  equal(sockets.length, 1);
  clock.pass(1);
  ok(last().closed || sockets.length > 1);
  ok(sockets[0]?.closed);
});

test("a second hello on the same socket asks once and is answered by a welcome", () => {
  const { connection, last } = online();
  connection.greet();
  connection.greet();
  equal(last().taken("hello").length, 1);
  equal(connection.ready, false);
  last().give(welcomeFrame("resumed"));
  equal(connection.ready, true);
});

test("frames of an old socket are not heard", () => {
  const { connection, clock, sockets, last } = online();
  clock.pass(10_000);
  last().break();
  clock.pass(0);
  sockets[0]?.onmessage?.({ data: JSON.stringify(welcomeFrame("reset")) });
  equal(connection.link.is, "connecting");
});
