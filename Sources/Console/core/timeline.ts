import { holeBefore, unbrokenTail } from "./log";
import type { Entry } from "./outbox";
import type { Conversation, LogEvent, Page } from "./protocol";
import type { State } from "./state";

// Turns logs into the rows of one column: days, what was said, notes, calls as one block each, pages, and runs of
// routing events folded into one quiet line.

export type Receipt = "sending" | "waiting" | "sent" | "delivered" | "read" | "failed";

export type Row =
  | { is: "day"; key: string; ts: number }
  | { is: "said"; key: string; event: LogEvent; side: "in" | "out"; first: boolean; last: boolean; receipt?: Receipt }
  | { is: "note"; key: string; event: LogEvent; pending: boolean }
  | { is: "pending"; key: string; entry: Entry; first: boolean }
  | { is: "quiet"; key: string; events: LogEvent[] }
  | { is: "call"; key: string; conv: Conversation; events: LogEvent[]; ts: number }
  | { is: "pages"; key: string; pages: (Page & { ts: number })[]; ts: number };

export interface Story {
  rows: Row[];
  /** Something older exists: on the person's timeline, or before this `seq` of the conversation. */
  earlier: { person: string } | { conv: string; before: number } | undefined;
  state: "ready" | "loading" | "failed" | "forbidden";
}

type Item =
  | { is: "event"; ts: number; event: LogEvent }
  | { is: "page"; ts: number; page: Page & { ts: number } };

const groupMilliseconds = 5 * 60_000;
const inBlock = new Set(["opened", "queued", "offered", "unoffered", "joined", "left", "call", "closed"]);

/** The story of a person, with the live conversation in it; or of one conversation when the person is not known. */
export function storyOf(state: State, focus: { conv?: string; person?: string }): Story {
  const conv = focus.conv ? state.convs[focus.conv] : undefined;
  const person = focus.person ?? conv?.who.person?.id;
  const timeline = person ? state.timelines[person] : undefined;
  const usable = timeline !== undefined && (timeline.state === "ready" || timeline.convs.length > 0);
  const items = usable ? personItems(state, timeline.convs, timeline.pages, timeline.horizon, focus.conv, person)
    : conv ? eventItems(unbrokenTail(state.events[conv.id] ?? [])) : [];
  const hole = conv ? holeBefore(state.events[conv.id] ?? []) : 0;
  const earlier = usable
    ? timeline.more ? { person: person! } : undefined
    : conv && hole > 0 ? { conv: conv.id, before: hole } : undefined;
  const entries = focus.conv ? state.outbox.filter((entry) => entry.frame.conv === focus.conv) : [];
  return { rows: rowsOf(items, state.convs, entries), earlier, state: timeline?.state ?? "ready" };
}

function personItems(state: State, ids: string[], pages: (Page & { ts: number })[], horizon: number,
  focus: string | undefined, person: string | undefined): Item[] {
  const all = new Set(ids);
  if (focus) all.add(focus);
  for (const conv of Object.values(state.convs)) if (conv.who.person?.id === person) all.add(conv.id);
  const items = [...all].flatMap((id) => eventItems(state.events[id] ?? []));
  const seen = pages.map((page): Item => ({ is: "page", ts: page.ts, page }));
  // What lies before the horizon is known only in part, and a part must not look like the whole.
  return [...items, ...seen].filter((item) => item.ts >= horizon).sort(byTime);
}

function eventItems(events: readonly LogEvent[]): Item[] {
  return events.map((event) => ({ is: "event", ts: event.ts, event }));
}

function byTime(a: Item, b: Item): number {
  if (a.is === "event" && b.is === "event" && a.event.conv === b.event.conv) return a.event.seq - b.event.seq;
  return a.ts - b.ts;
}

export function rowsOf(items: readonly Item[], convs: Record<string, Conversation>, entries: readonly Entry[]): Row[] {
  const rows: Row[] = [];
  const blocks = new Map<string, Row & { is: "call" }>();
  let day = "";
  for (const item of items) {
    const today = new Date(item.ts).toDateString();
    if (today !== day) { day = today; rows.push({ is: "day", key: `day-${today}`, ts: item.ts }); }
    if (item.is === "page") { addPage(rows, item.page); continue; }
    const conv = convs[item.event.conv];
    if (conv?.channel === "call" && inBlock.has(item.event.kind)) addCall(rows, blocks, conv, item.event);
    else addEvent(rows, conv, item.event);
  }
  for (const entry of entries) addPending(rows, entry);
  return rows;
}

function addPage(rows: Row[], page: Page & { ts: number }): void {
  const before = rows[rows.length - 1];
  if (before?.is === "pages") { before.pages.push(page); return; }
  rows.push({ is: "pages", key: `page-${page.ts}-${page.url}`, pages: [page], ts: page.ts });
}

function addCall(rows: Row[], blocks: Map<string, Row & { is: "call" }>, conv: Conversation, event: LogEvent): void {
  const block = blocks.get(conv.id);
  if (block) { block.events.push(event); return; }
  const row: Row & { is: "call" } = { is: "call", key: `call-${conv.id}`, conv, events: [event], ts: event.ts };
  blocks.set(conv.id, row);
  rows.push(row);
}

function addEvent(rows: Row[], conv: Conversation | undefined, event: LogEvent): void {
  const key = `${event.conv}-${event.seq}`;
  const before = rows[rows.length - 1];
  switch (event.kind) {
    case "text": {
      const side = event.from.k === "visitor" ? "in" : "out";
      const first = !(before?.is === "said" && sameSpeaker(before.event, event));
      if (!first && before?.is === "said") before.last = false;
      const receipt = side === "out" ? { receipt: receiptOf(conv, event) } : {};
      rows.push({ is: "said", key, event, side, first, last: true, ...receipt });
      break;
    }
    case "note": rows.push({ is: "note", key, event, pending: false }); break;
    default:
      if (before?.is === "quiet" && before.events[0]!.conv === event.conv) before.events.push(event);
      else rows.push({ is: "quiet", key, events: [event] });
  }
}

function addPending(rows: Row[], entry: Entry): void {
  if (entry.frame.t !== "send") return;
  const before = rows[rows.length - 1];
  rows.push({ is: "pending", key: entry.cid, entry, first: before?.is !== "pending" });
}

function sameSpeaker(a: LogEvent, b: LogEvent): boolean {
  return a.conv === b.conv && a.from.k === b.from.k && a.from.id === b.from.id && b.ts - a.ts < groupMilliseconds;
}

function receiptOf(conv: Conversation | undefined, event: LogEvent): Receipt {
  const mark = conv?.marks?.visitor;
  if (!mark || event.vseq === undefined) return "sent";
  if (mark.read >= event.vseq) return "read";
  return mark.recv >= event.vseq ? "delivered" : "sent";
}
