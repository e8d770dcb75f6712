// One conversation as the visitor holds it: events by number, and which stretches of numbers are complete. A hole between
// two stretches stays visible as a hole until the history fills it (SBP/1 §4.2, §4.5).

import type { ChatEvent, Id, Marks, VisitorConversation } from "./protocol";

export type Row = { is: "event"; event: ChatEvent } | { is: "hole"; before: number };

type Range = { from: number; to: number };

export class Timeline {
  state: VisitorConversation["state"] = "waiting";
  rep: string | undefined;
  queue: VisitorConversation["queue"];
  rated = false;
  /** How far the other side has received and read. */
  staff: Marks = { recv: 0, read: 0 };
  /** How far this visitor has, on any device. */
  visitor: Marks = { recv: 0, read: 0 };

  private readonly events = new Map<number, ChatEvent>();
  private readonly cids = new Set<Id>();
  private ranges: Range[] = [];

  constructor(readonly id: Id) {}

  /** The highest number up to which the newest stretch is complete: the position to resume from. */
  get head(): number {
    return this.ranges[this.ranges.length - 1]?.to ?? 0;
  }

  has(cid: Id): boolean {
    return this.cids.has(cid);
  }

  /** Takes a live event. `gap` means that events before it are missing and it was not taken. */
  apply(event: ChatEvent, prev: number): "new" | "known" | "gap" {
    if (event.seq <= this.head) {
      const known = this.events.has(event.seq);
      this.insert(event);
      this.cover(event.seq, event.seq);
      return known ? "known" : "new";
    }
    if (prev > this.head) return "gap";
    this.insert(event);
    this.cover(this.head + 1, event.seq);
    this.reduce(event);
    return "new";
  }

  /** Replaces the state and adds the last events of a snapshot; older stretches stay, with a hole if there is one. */
  snapshot(conversation: VisitorConversation): void {
    for (const event of conversation.events) {
      this.insert(event);
      this.reduce(event);
    }
    const first = conversation.events[0]?.seq;
    if (conversation.first === 0) this.cover(1, conversation.vseq);
    else if (first !== undefined) this.cover(first, conversation.vseq);
    this.state = conversation.state;
    this.rep = conversation.rep?.name;
    this.queue = conversation.queue;
    this.rated ||= Boolean(conversation.rated);
    this.mark("staff", conversation.marks?.staff);
    this.mark("visitor", conversation.marks?.visitor);
  }

  /** Adds a page of history that was asked for with `before`. */
  page(events: ChatEvent[], before: number, more: boolean): void {
    for (const event of events) this.insert(event);
    const first = events[0]?.seq;
    this.cover(more && first !== undefined ? first : this.floor(before), before - 1);
  }

  /** An own message that was acknowledged just behind the head is known in full without its event. */
  acknowledge(event: ChatEvent): boolean {
    if (event.seq > this.head + 1) return false;
    this.apply(event, this.head);
    return true;
  }

  mark(who: "staff" | "visitor", marks: Marks | undefined): void {
    if (!marks) return;
    this[who] = { recv: Math.max(this[who].recv, marks.recv), read: Math.max(this[who].read, marks.read) };
  }

  /** Everything in order, holes included. */
  rows(): Row[] {
    const rows: Row[] = [];
    let end = 0;
    for (const range of this.ranges) {
      if (range.from > end + 1) rows.push({ is: "hole", before: range.from });
      for (let seq = range.from; seq <= range.to; seq += 1) {
        const event = this.events.get(seq);
        if (event) rows.push({ is: "event", event });
      }
      end = range.to;
    }
    return rows;
  }

  /** Messages of the other side that this visitor has not read. */
  unread(): number {
    let count = 0;
    for (const event of this.events.values()) {
      if (event.kind === "text" && event.from.k !== "visitor" && event.seq > this.visitor.read) count += 1;
    }
    return count;
  }

  private insert(event: ChatEvent): void {
    this.events.set(event.seq, event);
    if (event.cid) this.cids.add(event.cid);
  }

  /** Joins a stretch with all it touches. */
  private cover(from: number, to: number): void {
    if (to < from) return;
    const kept: Range[] = [];
    for (const range of this.ranges) {
      if (range.to < from - 1 || range.from > to + 1) {
        kept.push(range);
      } else {
        from = Math.min(from, range.from);
        to = Math.max(to, range.to);
      }
    }
    kept.push({ from, to });
    this.ranges = kept.sort((a, b) => a.from - b.from);
  }

  /** The first number of the hole that ends before `before`. */
  private floor(before: number): number {
    let floor = 1;
    for (const range of this.ranges) if (range.to < before) floor = range.to + 1;
    return floor;
  }

  private reduce(event: ChatEvent): void {
    switch (event.kind) {
      case "joined":
        this.state = "active";
        this.rep = event.body.name ?? event.from.name;
        this.queue = undefined;
        break;
      case "left":
        if (this.rep === (event.body.name ?? event.from.name)) this.rep = undefined;
        break;
      case "closed":
        this.state = "closed";
        this.queue = undefined;
        break;
      case "reopened":
        this.state = this.rep ? "active" : "waiting";
        break;
      case "rated":
        this.rated = true;
        break;
    }
  }
}
