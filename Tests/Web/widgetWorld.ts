// A world for the widget's core with nothing real in it: a clock moved by hand and sockets whose far end is the test.

import { Chat } from "../../Sources/Widget/core/chat";
import type { Happening } from "../../Sources/Widget/core/chat";
import type { Cancel, Clock } from "../../Sources/Widget/core/clock";
import type { Socket } from "../../Sources/Widget/core/connection";
import { Keep } from "../../Sources/Widget/core/keep";
import { EntrustedTextStorage } from "../../Sources/Widget/core/textStorage";
import { MemoryOutboxStore } from "../../Sources/Widget/core/outboxStore";
import type { ChatEvent, VisitorConversation } from "../../Sources/Widget/core/protocol";

export class HandClock implements Clock {
  private time = 1_700_000_000_000;
  private timers: { at: number; work: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, work: () => void): Cancel {
    const timer = { at: this.time + milliseconds, work };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Moves on, firing what is due in order. */
  pass(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const next = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.work();
    }
    this.time = end;
  }
}

export type Frame = Record<string, unknown> & { t: string };

export class HandSocket implements Socket {
  onopen: ((event: any) => void) | null = null;
  onmessage: ((event: any) => void) | null = null;
  onclose: ((event: any) => void) | null = null;
  onerror: ((event: any) => void) | null = null;
  closed = false;
  private unread: Frame[] = [];

  send(text: string): void {
    this.unread.push(JSON.parse(text) as Frame);
  }
  close(): void {
    this.closed = true;
  }

  open(): void {
    this.onopen?.({});
  }
  give(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  break(code = 1006): void {
    this.onclose?.({ code });
  }

  /** What was sent since the last look. */
  taken(type?: string): Frame[] {
    const all = this.unread;
    this.unread = type ? all.filter((frame) => frame.t !== type) : [];
    return type ? all.filter((frame) => frame.t === type) : all;
  }
}

export class World {
  readonly clock = new HandClock();
  readonly sockets: HandSocket[] = [];
  readonly keep = new Keep(new EntrustedTextStorage());
  readonly store = new MemoryOutboxStore();
  readonly happenings: Happening[] = [];
  random = 0.5;

  readonly chat = this.tab();

  /** Another tab of the same browser: its own chat over the same storage. */
  tab(): Chat {
    return new Chat({
      inbox: "pk_test",
      clock: this.clock,
      random: () => this.random,
      openSocket: () => {
        const socket = new HandSocket();
        this.sockets.push(socket);
        return socket;
      },
      store: this.store,
      keep: this.keep,
      language: () => "en",
      page: () => ({ url: "https://shop.example/", title: "Shop" }),
      changed: () => {},
      happened: (happening) => this.happenings.push(happening),
    });
  }

  get socket(): HandSocket {
    const socket = this.sockets[this.sockets.length - 1];
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }

  /** Opens the newest socket and answers its hello. */
  welcome(mode: "resumed" | "replay" | "reset", conversations: VisitorConversation[] = [], epoch = "e1"): Frame {
    this.socket.open();
    const hello = this.socket.taken("hello")[0];
    if (!hello) throw new Error("no hello was sent");
    this.socket.give(welcomeFrame(mode, epoch));
    if (mode === "reset") this.socket.give({ t: "snap", convs: conversations, last: true });
    return hello;
  }
}

export function welcomeFrame(mode: string, epoch = "e1"): object {
  return {
    t: "welcome", sid: "s", epoch, mode, now: 0, hb: 25_000, limits: { text: 4000, frame: 65_536, inflight: 2 },
    me: { vid: "v1", tok: "tok1", verified: false }, inbox: { key: "pk_test", name: "Test", online: true },
  };
}

export function event(seq: number, more: Partial<ChatEvent> = {}): ChatEvent {
  return { conv: "c1", seq, ts: 1_700_000_000_000 + seq, from: { k: "rep", name: "Ana" }, kind: "text", body: { text: `text ${seq}` }, ...more };
}

export function live(seq: number, more: Partial<ChatEvent> = {}, prev = seq - 1): object {
  return { t: "ev", pos: seq, prev, ...event(seq, more) };
}

export function conversation(events: ChatEvent[], more: Partial<VisitorConversation> = {}): VisitorConversation {
  const first = events[0]?.seq ?? 1;
  return { id: "c1", state: "active", vseq: events[events.length - 1]?.seq ?? 0, first: first > 1 ? first : 0, events, ...more };
}

/** Lets finished promises (the store) have their say. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
