// The visitor's side of all conversations: puts the outbox, the connection and the timelines together by the rules of
// SBP/1 §4 and tells the panel when there is something to draw. It touches no page and no socket itself.

import type { Cancel, Clock } from "./clock";
import { Connection } from "./connection";
import type { Link, Socket } from "./connection";
import { makeIdentifier } from "./identifier";
import type { Keep } from "./keep";
import { Outbox } from "./outbox";
import type { OutboxItem, OutboxStore } from "./outboxStore";
import type { ChatEvent, ClientFrame, Form, Id, Page, ServerFrame, VisitorConversation, Welcome } from "./protocol";
import { Timeline } from "./timeline";

export interface ChatHost {
  inbox: string;
  clock: Clock;
  random: () => number;
  openSocket: () => Socket;
  store: OutboxStore;
  keep: Keep;
  /** Asked before this browser is introduced as a new visitor. */
  introduce?: () => Promise<void> | undefined;
  language: () => string;
  page: () => Page | undefined;
  changed: () => void;
  happened: (happening: Happening) => void;
}

/** What the host page may be told: that something happened, never what was said. */
export type Happening =
  | { is: "chat:start" | "chat:end" | "message:in" | "message:out"; conv: Id }
  | { is: "error"; code: string };

/** A message of the visitor that is not (yet) an event. */
export interface Bubble {
  cid: Id;
  text: string;
  at: number;
  state: "sending" | "sent" | "failed";
  /** The code of the refusal when it failed. */
  reason?: string;
}

const receiptMilliseconds = 1_000;
const typingRepeatMilliseconds = 3_000;
const typingIdleMilliseconds = 5_000;
const typingShownMilliseconds = 7_000;
const catchUpMilliseconds = 2_000;
const restMilliseconds = 600_000;

export class Chat {
  readonly connection: Connection;
  readonly outbox: Outbox;
  /** Oldest first; the last one is the one that matters. */
  timelines: Timeline[] = [];
  textLimit = 4_000;
  verified = false;
  inboxName: string | undefined;
  online: boolean | undefined;
  typing: { conv: Id; name: string | undefined } | undefined;

  private readonly tab: string;
  private epoch: string | undefined;
  private visitor: string | undefined;
  private inFlightLimit = 4;
  private identity: string | undefined;
  private acknowledged: (Bubble & { conv: Id; seq: number })[] = [];
  private failed: Bubble[] = [];
  private shown = false;
  private visible = false;
  private pageSaid = false;
  private snapshot: Set<Id> | undefined;
  /** The server has told once what there is; before that, "no conversation" means only that nobody asked. */
  private informed = false;
  private resyncs = 0;
  private tokenTroubles = 0;
  private sentReceipts = new Map<Id, { recv: number; read: number }>();
  private histories = new Map<string, { conv: Id; before: number }>();
  private typingSentAt = 0;
  private cancels: Partial<Record<"receipt" | "typing" | "shown" | "catchUp" | "flush" | "rest", Cancel>> = {};

  constructor(private readonly host: ChatHost) {
    this.tab = makeIdentifier(host.clock.now());
    this.outbox = new Outbox(host.store, host.clock);
    this.connection = new Connection({
      clock: host.clock,
      random: host.random,
      openSocket: host.openSocket,
      hello: () => this.hello(),
      beforeHello: () => (host.keep.get("tok") === undefined ? host.introduce?.() : undefined),
      received: (frame) => this.receive(frame),
      changed: (link) => this.linked(link),
      closed: (code) => this.closed(code),
    });
  }

  // MARK: What the panel asks for

  /** Reads what an earlier page left; connects only if a chat is going on or something waits to be sent. */
  async begin(): Promise<void> {
    await this.outbox.load();
    if (this.outbox.items.length > 0 || this.host.keep.get("active")) this.connection.start();
    this.host.changed();
  }

  get current(): Timeline | undefined {
    return this.timelines[this.timelines.length - 1];
  }

  get open(): Timeline | undefined {
    return this.current?.state === "closed" ? undefined : this.current;
  }

  get busy(): boolean {
    return this.open !== undefined || this.outbox.items.length > 0;
  }

  /** The visitor's messages that are no events yet, in order of writing. */
  get bubbles(): Bubble[] {
    const sending = this.outbox.items.flatMap((item): Bubble[] =>
      item.kind === "text" ? [{ cid: item.cid, text: item.text, at: item.at, state: "sending" }] : [],
    );
    return [...this.acknowledged, ...sending, ...this.failed].sort((a, b) => a.at - b.at);
  }

  get unread(): number {
    return this.timelines.reduce((sum, timeline) => sum + timeline.unread(), 0);
  }

  async send(text: string, form: Form | undefined): Promise<void> {
    this.quiet();
    const written = this.outbox.write(text, this.open?.id, form);
    this.host.keep.set("active", "1");
    this.host.changed();
    await written;
    this.connection.start();
    this.flush();
  }

  async end(): Promise<void> {
    if (this.open) await this.act(this.open.id, "close");
  }

  async rate(conv: Id, score: number, comment: string | undefined): Promise<void> {
    const timeline = this.find(conv);
    if (timeline) timeline.rated = true;
    await this.act(conv, "rate", { score, ...(comment ? { comment } : {}) });
  }

  loadEarlier(conv: Id, before: number): void {
    if (!this.connection.ready || [...this.histories.values()].some((h) => h.conv === conv && h.before === before)) return;
    const id = makeIdentifier(this.host.clock.now());
    this.histories.set(id, { conv, before });
    this.connection.send({ t: "hist", id, conv, before, limit: 50 });
    this.host.changed();
  }

  isLoading(conv: Id, before: number): boolean {
    return [...this.histories.values()].some((history) => history.conv === conv && history.before === before);
  }

  /** The visitor is typing: said at most every three seconds, taken back after five of silence. */
  typed(): void {
    const open = this.open;
    if (!open || !this.connection.ready) return;
    const now = this.host.clock.now();
    if (now - this.typingSentAt >= typingRepeatMilliseconds) {
      this.typingSentAt = now;
      this.connection.send({ t: "eph", conv: open.id, k: "typing" });
    }
    this.after("typing", typingIdleMilliseconds, () => this.quiet());
  }

  quiet(): void {
    this.cancel("typing");
    if (this.typingSentAt === 0) return;
    this.typingSentAt = 0;
    if (this.open && this.connection.ready) this.connection.send({ t: "eph", conv: this.open.id, k: "stop" });
  }

  /** `shown`: the panel is open; `visible`: and the page around it is in front of somebody. */
  look(shown: boolean, visible: boolean): void {
    const opened = shown && !this.shown;
    this.shown = shown;
    this.visible = shown && visible;
    if (opened && (this.host.keep.get("known") || this.identity)) this.connection.start();
    this.readAll();
    this.reconsider();
    this.host.changed();
  }

  /** The page came back: after sleep, a network change, from the back-forward cache. */
  awake(): void {
    this.connection.probe();
  }

  /** Another tab has begun a chat: this one listens too. */
  join(): void {
    this.connection.start();
  }

  /** Another tab read as far as this. */
  readElsewhere(read: Record<Id, number>): void {
    for (const timeline of this.timelines) {
      const seq = read[timeline.id];
      if (typeof seq === "number") timeline.mark("visitor", { recv: seq, read: seq });
    }
    this.host.changed();
  }

  /** Proof of who this is, made by the site. Another person than before begins with nothing of the one before. */
  async identify(proof: string, subject: string | undefined): Promise<void> {
    if (proof === this.identity) return;
    const known = this.host.keep.get("sub");
    if (known !== undefined && subject !== known) await this.forget();
    this.host.keep.set("sub", subject);
    this.identity = proof;
    this.tokenTroubles = 0;
    if (this.connection.link.is !== "off") this.connection.restart();
    else if (this.shown) this.connection.start();
  }

  /** Leaves nothing of this visitor in the browser. */
  async forget(): Promise<void> {
    this.connection.stop();
    for (const key of Object.keys(this.cancels)) this.cancel(key as keyof typeof this.cancels);
    this.host.keep.clear();
    this.identity = this.epoch = this.visitor = this.typing = undefined;
    this.verified = this.informed = false;
    this.timelines = [];
    this.acknowledged = [];
    this.failed = [];
    await this.outbox.clear();
    this.host.changed();
  }

  /** Takes a failed message out, to be written again. */
  retract(cid: Id): string | undefined {
    const bubble = this.failed.find((candidate) => candidate.cid === cid);
    this.failed = this.failed.filter((candidate) => candidate !== bubble);
    this.host.changed();
    return bubble?.text;
  }

  // MARK: Frames

  private hello(): ClientFrame {
    const { keep, clock } = this.host;
    const token = keep.get("tok");
    let device = keep.get("dev");
    if (!device) keep.set("dev", (device = makeIdentifier(clock.now())));
    // With a token the loader has told of this page already; one view must not count twice.
    const page = token || this.pageSaid ? undefined : this.host.page();
    this.pageSaid = true;
    const resume =
      this.epoch !== undefined && this.timelines.length > 0 && this.resyncs < 2
        ? { epoch: this.epoch, convs: Object.fromEntries(this.timelines.map((line) => [line.id, line.head])) }
        : undefined;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return {
      t: "hello",
      v: 1,
      inbox: this.host.inbox,
      ...(token ? { tok: token } : {}),
      ...(this.identity ? { idt: this.identity } : {}),
      dev: device,
      tab: this.tab,
      lang: this.host.language(),
      ...(zone ? { tz: zone } : {}),
      vis: this.visible,
      ...(page ? { page } : {}),
      ...(resume ? { resume } : {}),
    };
  }

  private receive(frame: ServerFrame): void {
    switch (frame.t) {
      case "welcome":
        this.welcomed(frame);
        break;
      case "snap":
        this.snapped(frame.convs, frame.last);
        break;
      case "ev":
        this.arrived(frame, frame.prev);
        break;
      case "ack":
        this.acked(frame);
        break;
      case "err":
        this.refused(frame);
        break;
      case "wm":
        this.find(frame.conv)?.mark(frame.who === "staff" ? "staff" : "visitor", frame);
        break;
      case "eph":
        this.sawTyping(frame.conv, frame.k, frame.who?.name);
        break;
      case "queue": {
        const timeline = this.find(frame.conv);
        if (timeline) timeline.queue = frame.place > 0 || !frame.online ? frame : undefined;
        break;
      }
      case "hist": {
        const asked = this.histories.get(frame.id);
        this.histories.delete(frame.id);
        if (asked) this.find(asked.conv)?.page(frame.events, asked.before, frame.more);
        break;
      }
      case "ping":
        this.compare(frame.pos ?? {});
        this.flush();
        return;
      default:
        return;
    }
    this.host.changed();
  }

  private welcomed(frame: Welcome): void {
    const { keep } = this.host;
    const another = this.visitor !== undefined && this.visitor !== frame.me.vid;
    if (another || (this.epoch !== undefined && this.epoch !== frame.epoch)) this.timelines = [];
    this.visitor = frame.me.vid;
    this.epoch = frame.epoch;
    this.tokenTroubles = 0;
    this.verified = frame.me.verified;
    keep.set("tok", frame.me.tok);
    this.inboxName = frame.inbox.name;
    this.online = frame.inbox.online;
    this.textLimit = frame.limits?.text ?? this.textLimit;
    this.inFlightLimit = frame.limits?.inflight ?? this.inFlightLimit;
    this.outbox.disconnected();
    this.sentReceipts.clear();
    this.histories.clear();
    this.snapshot = frame.mode === "reset" ? new Set() : undefined;
    if (frame.mode !== "reset") {
      this.informed = true;
      this.flush();
    }
    this.tellReceipts();
  }

  private snapped(conversations: VisitorConversation[], last: boolean): void {
    for (const conversation of conversations) {
      this.snapshot?.add(conversation.id);
      this.ensure(conversation.id).snapshot(conversation);
      for (const event of conversation.events) this.witnessed(event);
    }
    if (!last) return;
    const mentioned = this.snapshot;
    if (mentioned) {
      const order = [...mentioned];
      this.timelines = this.timelines
        .filter((timeline) => mentioned.has(timeline.id))
        .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
    }
    this.snapshot = undefined;
    this.informed = true;
    this.resyncs = 0;
    this.acknowledged = this.acknowledged.filter((bubble) => !this.holds(bubble.conv, bubble.seq));
    if (this.timelines.length > 0) this.host.keep.set("known", "1");
    if (this.open) this.outbox.address(this.open.id);
    this.readAll();
    this.reconsider();
    this.flush();
    this.tellReceipts();
  }

  private arrived(event: ChatEvent, prev: number): void {
    // A second hello is on its way: its answer brings this event again, in order.
    if (!this.connection.ready) return;
    const timeline = this.find(event.conv) ?? new Timeline(event.conv);
    const result = timeline.apply(event, prev);
    if (result === "gap") {
      this.resynchronise();
      return;
    }
    if (!this.find(event.conv)) this.timelines.push(timeline);
    this.witnessed(event);
    if (result === "known") return;
    this.resyncs = 0;
    const { keep, happened } = this.host;
    keep.set("known", "1");
    if (event.kind === "opened") happened({ is: "chat:start", conv: event.conv });
    if (event.kind === "closed") happened({ is: "chat:end", conv: event.conv });
    if (event.kind === "text" && event.from.k === "rep") {
      if (this.typing?.conv === event.conv) this.sawTyping(event.conv, "stop", undefined);
      happened({ is: "message:in", conv: event.conv });
    }
    if (timeline === this.open) this.outbox.address(timeline.id);
    this.readAll();
    this.reconsider();
    this.tellReceipts();
  }

  /** An event with a cid of ours is as good as its acknowledgement. */
  private witnessed(event: ChatEvent): void {
    if (!event.cid) return;
    if (this.outbox.settle(event.cid)?.kind === "text") this.host.happened({ is: "message:out", conv: event.conv });
    this.acknowledged = this.acknowledged.filter((bubble) => bubble.cid !== event.cid);
    this.failed = this.failed.filter((bubble) => bubble.cid !== event.cid);
  }

  private acked({ cid, conv, seq, ts, dup }: { cid: Id; conv: Id; seq?: number; ts: number; dup?: boolean }): void {
    const item = this.outbox.settle(cid);
    if (item?.kind === "text" && dup && !this.find(conv)) {
      // Stored on an earlier page or in another tab, in a conversation that this tab has not seen yet.
      this.resynchronise();
    } else if (item?.kind === "text") {
      const timeline = this.ensure(conv);
      const event: ChatEvent = {
        conv, seq: seq ?? 0, ts, from: { k: "visitor", me: true }, kind: "text", cid: item.cid, body: { text: item.text },
      };
      // The answer to an opening may carry the number of the opening itself; only a plain send tells the text's own.
      const placed = item.conv !== undefined && seq !== undefined && timeline.acknowledge(event);
      if (!placed && !timeline.has(item.cid)) {
        this.acknowledged.push({
          cid: item.cid, text: item.text, at: item.at, state: "sent", conv, seq: item.conv ? seq ?? 1 : 1,
        });
      }
      this.outbox.address(conv);
      this.host.happened({ is: "message:out", conv });
    }
    this.flush();
    this.reconsider();
  }

  private refused(frame: { cid?: Id; id?: string; code: string; retry_ms?: number }): void {
    if (frame.id !== undefined) this.histories.delete(frame.id);
    if (frame.cid === undefined) {
      if (frame.code === "token") {
        if (this.distrust()) this.connection.restart();
      } else if (frame.id === undefined) {
        this.host.happened({ is: "error", code: frame.code });
      }
      return;
    }
    if (frame.retry_ms !== undefined) {
      this.outbox.postpone(frame.cid, frame.retry_ms);
      this.after("flush", frame.retry_ms, () => this.flush());
      return;
    }
    const item = this.outbox.settle(frame.cid);
    if (item) void this.dropped(item, frame.code);
    this.flush();
  }

  /** A final refusal. Nothing a visitor wrote just disappears: it goes elsewhere, or stays visible with the reason. */
  private async dropped(item: OutboxItem, code: string): Promise<void> {
    if (item.kind === "act" || code === "cid_reuse") return;
    const homeless = item.conv !== undefined && (code === "conv_closed" || code === "no_conv");
    if (homeless || (code === "form" && item.form)) {
      if (homeless) {
        const timeline = this.find(item.conv ?? "");
        if (timeline) timeline.state = "closed";
      }
      await this.outbox.reopen(item);
      this.flush();
    } else {
      this.failed.push({ cid: item.cid, text: item.text, at: item.at, state: "failed", reason: code });
      this.host.happened({ is: "error", code });
    }
    this.reconsider();
    this.host.changed();
  }

  // MARK: Staying whole

  /** Positions of the server against ours. What is still on its way gets two seconds. */
  private compare(positions: Record<Id, number>): void {
    if (this.cancels.catchUp || !this.behind(positions)) return;
    const before = this.progress();
    this.after("catchUp", catchUpMilliseconds, () => {
      if (this.behind(positions) && this.progress() === before) this.resynchronise();
    });
  }

  private behind(positions: Record<Id, number>): boolean {
    return Object.entries(positions).some(([conv, pos]) => (this.find(conv)?.head ?? 0) < pos);
  }

  private progress(): number {
    return this.timelines.reduce((sum, timeline) => sum + timeline.head, 0);
  }

  /** Asks for what is missing; when that brought nothing, for everything. A third time waits for the next ping. */
  private resynchronise(): void {
    this.resyncs += 1;
    if (this.resyncs <= 2) this.connection.greet();
    else if (this.resyncs > 3) this.resyncs = 0;
  }

  private closed(code: number): void {
    if (code !== 4401) return;
    this.tokenTroubles += 1;
    if (this.tokenTroubles > 1) this.distrust();
  }

  /** The server would not take what we showed: put the proof aside first, then the token. */
  private distrust(): boolean {
    if (this.identity !== undefined) this.identity = undefined;
    else if (this.host.keep.get("tok") !== undefined) this.host.keep.set("tok", undefined);
    else return false;
    return true;
  }

  private linked(link: Link): void {
    if (link.is !== "online") {
      this.outbox.disconnected();
      this.histories.clear();
      this.typing = undefined;
      this.typingSentAt = 0;
      this.resyncs = 0;
    }
    this.host.changed();
  }

  private flush(): void {
    if (!this.connection.ready || this.snapshot?.size === 0) {
      // The answer to a reset is a snapshot; until it is here nobody knows which conversation is open.
      if (this.snapshot) this.after("flush", catchUpMilliseconds, () => ((this.snapshot = undefined), this.flush()));
      return;
    }
    for (const frame of this.outbox.due(this.inFlightLimit)) this.connection.send(frame);
  }

  private async act(conv: Id, op: "close" | "rate", args?: { score: number; comment?: string }): Promise<void> {
    const kept = this.outbox.act(conv, op, args);
    this.host.changed();
    await kept;
    this.connection.start();
    this.flush();
  }

  // MARK: Read and received

  private readAll(): void {
    if (!this.visible) return;
    let moved = false;
    for (const timeline of this.timelines) {
      if (timeline.visitor.read >= timeline.head) continue;
      timeline.mark("visitor", { recv: timeline.head, read: timeline.head });
      moved = true;
    }
    if (!moved) return;
    this.host.keep.set("read", JSON.stringify(Object.fromEntries(this.timelines.map((line) => [line.id, line.visitor.read]))));
    this.tellReceipts();
  }

  private tellReceipts(): void {
    if (this.cancels.receipt) return;
    this.after("receipt", receiptMilliseconds, () => {
      if (!this.connection.ready) return;
      for (const timeline of this.timelines) {
        const sent = this.sentReceipts.get(timeline.id);
        const now = { recv: timeline.head, read: timeline.visitor.read };
        if (now.recv === 0 || (sent && sent.recv >= now.recv && sent.read >= now.read)) continue;
        this.sentReceipts.set(timeline.id, now);
        this.connection.send({ t: "rcpt", conv: timeline.id, ...now });
      }
    });
  }

  private sawTyping(conv: Id, kind: "typing" | "stop", name: string | undefined): void {
    this.cancel("shown");
    this.typing = kind === "typing" ? { conv, name } : undefined;
    if (this.typing) {
      this.after("shown", typingShownMilliseconds, () => {
        this.typing = undefined;
        this.host.changed();
      });
    }
  }

  // MARK: Small things

  /** Keeps the flag by which the next page knows whether to connect, and lets the socket go when nothing goes on. */
  private reconsider(): void {
    const { keep } = this.host;
    if (this.busy || this.informed) keep.set("active", this.busy ? "1" : undefined);
    if (this.busy || this.shown || keep.get("active")) this.cancel("rest");
    else if (!this.cancels.rest) this.after("rest", restMilliseconds, () => this.connection.stop());
  }

  private find(conv: Id): Timeline | undefined {
    return this.timelines.find((timeline) => timeline.id === conv);
  }

  private ensure(conv: Id): Timeline {
    let timeline = this.find(conv);
    if (!timeline) this.timelines.push((timeline = new Timeline(conv)));
    return timeline;
  }

  private holds(conv: Id, seq: number): boolean {
    return (this.find(conv)?.head ?? 0) >= seq;
  }

  private after(name: keyof typeof this.cancels, milliseconds: number, work: () => void): void {
    this.cancel(name);
    this.cancels[name] = this.host.clock.after(milliseconds, () => {
      delete this.cancels[name];
      work();
    });
  }

  private cancel(name: keyof typeof this.cancels): void {
    this.cancels[name]?.();
    delete this.cancels[name];
  }
}
