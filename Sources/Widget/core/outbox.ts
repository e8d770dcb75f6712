// What the visitor wrote and the switchboard has not acknowledged yet (SBP/1 §4.1). An item enters before it is sent and
// leaves only by `ack`, by an event with its cid, or by a refusal that is final. Every path may repeat: the server knows
// each cid for ever, so sending twice, from one tab or two, has one effect.

import type { Clock } from "./clock";
import { makeIdentifier } from "./identifier";
import type { OutboxItem, OutboxStore, TextItem } from "./outboxStore";
import type { ClientFrame, Form, Id } from "./protocol";

export class Outbox {
  /** In the order of writing. */
  items: OutboxItem[] = [];

  private readonly inFlight = new Set<Id>();
  /** Frames of these went out once: their shape must never change again, or the server would see a reused cid. */
  private readonly tried = new Set<Id>();
  /** Settled here; another tab's copy of the store may still hold them for a moment. */
  private readonly settled = new Set<Id>();
  private pausedUntil = 0;

  constructor(private readonly store: OutboxStore, private readonly clock: Clock) {}

  /** Reads what an earlier page left behind. */
  async load(): Promise<void> {
    const held = new Set(this.items.map((item) => item.cid));
    for (const item of await this.store.all()) {
      if (!held.has(item.cid) && !this.settled.has(item.cid)) this.items.push(item);
    }
    this.items.sort((a, b) => a.at - b.at || (a.cid < b.cid ? -1 : 1));
  }

  /** Keeps a message; the answer is its item once it is stored. */
  async write(text: string, conv: Id | undefined, form: Form | undefined): Promise<TextItem> {
    const at = this.nextMoment();
    const item: TextItem = { kind: "text", cid: makeIdentifier(at), at, text };
    if (conv === undefined) {
      item.open = makeIdentifier(at);
      if (form) item.form = form;
    } else {
      item.conv = conv;
    }
    this.items.push(item);
    await this.store.put(item);
    return item;
  }

  async act(conv: Id, op: "close" | "rate", args?: { score: number; comment?: string }): Promise<void> {
    const at = this.nextMoment();
    const item: OutboxItem = { kind: "act", cid: makeIdentifier(at), at, conv, op, ...(args ? { args } : {}) };
    this.items.push(item);
    await this.store.put(item);
  }

  /** The frames that may go out now: in order, at most `limit` unanswered, never past a conversation still to be opened. */
  due(limit: number): ClientFrame[] {
    if (this.clock.now() < this.pausedUntil) return [];
    const frames: ClientFrame[] = [];
    for (const item of this.items) {
      const opens = item.kind === "text" && item.conv === undefined;
      if (this.inFlight.has(item.cid)) {
        if (opens) break;
        continue;
      }
      if (this.inFlight.size >= limit) break;
      this.inFlight.add(item.cid);
      this.tried.add(item.cid);
      frames.push(frameOf(item));
      if (opens) break;
    }
    return frames;
  }

  /** Nothing sent so far was answered on the connection that is gone. */
  disconnected(): void {
    this.inFlight.clear();
    this.pausedUntil = 0;
  }

  /** Takes the item out that answers to this cid, be it the message or the opening around it. */
  settle(cid: Id): OutboxItem | undefined {
    const item = this.find(cid);
    if (!item) return undefined;
    this.items = this.items.filter((other) => other !== item);
    this.inFlight.delete(item.cid);
    this.settled.add(item.cid);
    void this.store.remove(item.cid);
    return item;
  }

  /** A refusal that passes: nothing goes out for a while, then the same again in the same order. */
  postpone(cid: Id, milliseconds: number): void {
    const item = this.find(cid);
    if (!item) return;
    this.inFlight.delete(item.cid);
    this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + milliseconds);
  }

  /** Waiting texts that would have opened a conversation go into the one that exists now. */
  address(conv: Id): void {
    for (const item of this.items) {
      if (item.kind !== "text" || item.conv !== undefined || this.tried.has(item.cid)) continue;
      item.conv = conv;
      delete item.open;
      delete item.form;
      void this.store.put(item);
    }
  }

  /**
   * The conversation of this text has ended: the text opens a new one. The new cids derive from the old, so that two tabs
   * that do this at once still write it once.
   */
  async reopen(item: TextItem): Promise<void> {
    const cid = item.cid + "-o";
    const again: TextItem = { kind: "text", cid, at: item.at, text: item.text, open: cid + "p" };
    if (this.settled.has(cid) || this.find(cid) || cid.length > 60) return;
    this.items.push(again);
    this.items.sort((a, b) => a.at - b.at || (a.cid < b.cid ? -1 : 1));
    await this.store.put(again);
  }

  async clear(): Promise<void> {
    this.items = [];
    this.inFlight.clear();
    await this.store.clear();
  }

  private find(cid: Id): OutboxItem | undefined {
    return this.items.find((item) => item.cid === cid || (item.kind === "text" && item.open === cid));
  }

  /** Two items of one millisecond still have an order. */
  private nextMoment(): number {
    const last = this.items[this.items.length - 1];
    return Math.max(this.clock.now(), last ? last.at + 1 : 0);
  }
}

function frameOf(item: OutboxItem): ClientFrame {
  if (item.kind === "act") {
    return { t: "act", cid: item.cid, conv: item.conv, op: item.op, ...(item.args ? { args: item.args } : {}) };
  }
  if (item.conv !== undefined) {
    return { t: "send", cid: item.cid, conv: item.conv, kind: "text", body: { text: item.text } };
  }
  return {
    t: "open",
    cid: item.open ?? item.cid + "p",
    ...(item.form ? { form: item.form } : {}),
    first: { cid: item.cid, text: item.text },
  };
}
