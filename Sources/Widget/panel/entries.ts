// What stands in the message list, worked out as values: day lines, bubbles with their grouping and state, system lines,
// holes. The log only puts on the page what it finds here.

import type { Bubble } from "../core/chat";
import type { ChatEvent, Id } from "../core/protocol";
import type { Timeline } from "../core/timeline";
import type { Words } from "../locale/words";

export type MessageState = "sending" | "sent" | "delivered" | "read" | "failed";

export type Entry =
  | { is: "day"; key: string; at: number }
  | { is: "hole"; key: string; conv: Id; before: number }
  | { is: "line"; key: string; text: string }
  | MessageEntry;

export interface MessageEntry {
  is: "message";
  key: string;
  mine: boolean;
  name: string;
  text: string;
  at: number;
  state: MessageState | undefined;
  reason: string | undefined;
  /** Groups: the first carries the name, the last the time and the state. */
  first: boolean;
  last: boolean;
}

const groupMilliseconds = 300_000;

export function listEntries(timelines: Timeline[], bubbles: Bubble[], words: Words): Entry[] {
  const entries: Entry[] = [];
  const days = new Set<string>();
  const add = (entry: Entry, at: number): void => {
    const day = dayOf(at);
    if (!days.has(day)) entries.push({ is: "day", key: "day " + day, at });
    days.add(day);
    entries.push(entry);
  };
  const seen = new Set<string>();
  for (const timeline of timelines) {
    for (const row of timeline.rows()) {
      if (row.is === "hole") {
        entries.push({ is: "hole", key: `hole ${timeline.id} ${row.before}`, conv: timeline.id, before: row.before });
        continue;
      }
      const { event } = row;
      if (event.kind === "text") {
        const entry = messageOf(event, timeline, words);
        seen.add(entry.key);
        add(entry, event.ts);
      } else {
        const text = lineOf(event, words);
        if (text) add({ is: "line", key: `${event.conv} ${event.seq}`, text }, event.ts);
      }
    }
  }
  for (const bubble of bubbles) {
    if (seen.has(bubble.cid)) continue;
    add(
      {
        is: "message", key: bubble.cid, mine: true, name: words.you, text: bubble.text, at: bubble.at, state: bubble.state,
        reason: bubble.reason, first: true, last: true,
      },
      bubble.at,
    );
  }
  group(entries);
  return entries;
}

function messageOf(event: ChatEvent, timeline: Timeline, words: Words): MessageEntry {
  const mine = event.from.k === "visitor";
  const state: MessageState | undefined = !mine
    ? undefined
    : event.seq <= timeline.staff.read
      ? "read"
      : event.seq <= timeline.staff.recv
        ? "delivered"
        : "sent";
  return {
    is: "message", key: event.cid ?? `${event.conv} ${event.seq}`, mine, name: mine ? words.you : event.from.name ?? words.team,
    text: event.body.text ?? "", at: event.ts, state, reason: undefined, first: true, last: true,
  };
}

function lineOf(event: ChatEvent, words: Words): string | undefined {
  const name = event.body.name ?? event.from.name ?? words.team;
  switch (event.kind) {
    case "joined":
      return words.joined(name);
    case "left":
      return words.leftChat(name);
    case "closed":
      return event.body.by === "visitor" ? words.closedByVisitor : event.body.by === "rep" ? words.closedByRep : words.closedBySystem;
    case "reopened":
      return words.reopened;
    case "rated":
      return words.rated(event.body.score ?? 0);
    default:
      return undefined;
  }
}

function group(entries: Entry[]): void {
  for (let index = 1; index < entries.length; index += 1) {
    const before = entries[index - 1];
    const entry = entries[index];
    if (before?.is !== "message" || entry?.is !== "message") continue;
    const together = before.mine === entry.mine && before.name === entry.name && entry.at - before.at < groupMilliseconds;
    if (!together) continue;
    entry.first = false;
    // A message that failed, or is further behind than the next one, keeps its own mark.
    before.last = before.state !== entry.state;
  }
}

function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
