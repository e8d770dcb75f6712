import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { Timeline } from "../../Sources/Widget/core/timeline";
import { chooseLocale, direction } from "../../Sources/Widget/locale/choose";
import chinese from "../../Sources/Widget/locale/zh";
import english from "../../Sources/Widget/locale/en";
import { listEntries } from "../../Sources/Widget/panel/entries";
import { splitLinks } from "../../Sources/Widget/panel/links";
import { parseColor, readableAccent } from "../../Sources/Widget/shared/color";
import { conversation, event } from "./widgetWorld";

test("only http and https become links", () => {
  for (const text of ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "see example.com", "https://"]) {
    deepEqual(splitLinks(text), [{ text }]);
  }
});

test("punctuation around an address stays outside", () => {
  const link = (text: string): string | undefined => splitLinks(text).find((piece) => piece.href)?.text;
  equal(link("see https://a.example/x."), "https://a.example/x");
  equal(link("(https://a.example/x)"), "https://a.example/x");
  equal(link("https://a.example/x_(y)"), "https://a.example/x_(y)");
  equal(link("请看https://a.example/茶，谢谢"), "https://a.example/茶");
  equal(link("<https://a.example/>"), "https://a.example/");
});

test("cutting loses no letter", () => {
  for (const text of ["", "a https://a.example/b, c https://d.example!", "https://a.example\nhttps://b.example", "no link"]) {
    equal(splitLinks(text).map((piece) => piece.text).join(""), text);
  }
});

test("the first language we speak wins, and English stands in", () => {
  equal(chooseLocale("zh-CN", "en"), "zh");
  equal(chooseLocale(undefined, "zh-Hant-TW"), "zh");
  equal(chooseLocale("fr", "zh"), "zh");
  equal(chooseLocale("fr", "de"), "en");
  equal(chooseLocale("zha"), "en");
  equal(direction("ar-EG"), "rtl");
  equal(direction("en"), "ltr");
});

test("both languages have words for the same refusals and ends", () => {
  deepEqual(Object.keys(chinese.reasons), Object.keys(english.reasons));
  deepEqual(Object.keys(chinese.stopped), Object.keys(english.stopped));
});

test("colours are hex or the default, and white text on them is readable", () => {
  equal(parseColor("#00AA88"), "#00AA88");
  equal(parseColor("red;} body{"), parseColor(undefined));
  for (const color of ["#ffffff", "#ffee00", "#00ff00", "#2457d6", "#000000", "#ff0000"]) {
    const channels = (/\d+,\d+,\d+/.exec(readableAccent(color))?.[0] ?? "").split(",").map(Number);
    const luminance = channels.reduce((sum, value, index) => {
      const part = value / 255;
      return sum + (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4) * ([0.2126, 0.7152, 0.0722][index] ?? 0);
    }, 0);
    ok(1.05 / (luminance + 0.05) >= 4.5, `${color} became ${channels}`);
  }
});

test("messages of one sender within five minutes are one group; state and time stand at its end", () => {
  const timeline = new Timeline("c1");
  const at = (minutes: number): number => 1_700_000_000_000 + minutes * 60_000;
  timeline.snapshot(conversation([event(1, { ts: at(0) }), event(2, { ts: at(4) }), event(3, { ts: at(9) })]));
  const messages = listEntries([timeline], [], english).flatMap((entry) => (entry.is === "message" ? [[entry.first, entry.last]] : []));
  deepEqual(messages, [[true, false], [false, true], [true, true]]);
});

test("sent, delivered and read follow the marks of the other side", () => {
  const timeline = new Timeline("c1");
  const from = { k: "visitor", me: true } as const;
  timeline.snapshot(conversation([event(1, { from }), event(2, { from }), event(3, { from })], { marks: { staff: { recv: 2, read: 1 } } }));
  const states = listEntries([timeline], [], english).flatMap((entry) => (entry.is === "message" ? [entry.state] : []));
  deepEqual(states, ["read", "delivered", "sent"]);
});

test("a bubble whose event has come is not shown twice", () => {
  const timeline = new Timeline("c1");
  timeline.snapshot(conversation([event(1, { cid: "x", from: { k: "visitor", me: true } })]));
  const entries = listEntries([timeline], [{ cid: "x", text: "text 1", at: 1, state: "sending" }], english);
  equal(entries.filter((entry) => entry.is === "message").length, 1);
});
