import type { ClientFrame, LogEvent } from "./protocol";
import { isMine } from "./selectors";
import type { State } from "./state";

// Tells the customer's side what arrived and what was read. Only the owner speaks for the house, and at most once a
// second for one conversation.

const gatherMilliseconds = 1_000;

export class Receipts {
  private readonly told = new Map<string, { recv: number; read: number }>();
  private readonly wanted = new Map<string, { recv: number; read: number }>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly send: (frame: ClientFrame) => boolean) {}

  /** After a reconnect nobody knows what arrived; the server keeps the highest anyway. */
  forget(): void { this.told.clear(); }

  heard(state: State, event: LogEvent): void {
    if (event.vseq !== undefined && event.from.k === "visitor") this.want(state, event.conv, event.vseq, 0);
  }

  read(state: State, conv: string): void {
    const head = state.convs[conv]?.vseq ?? 0;
    this.want(state, conv, head, head);
  }

  private want(state: State, id: string, recv: number, read: number): void {
    const conv = state.convs[id];
    if (!conv || conv.channel !== "chat" || !isMine(state, conv) || recv === 0) return;
    const told = this.told.get(id) ?? { recv: 0, read: conv.marks?.staff.read ?? 0 };
    if (recv <= told.recv && read <= told.read) return;
    const held = this.wanted.get(id) ?? told;
    this.wanted.set(id, { recv: Math.max(held.recv, recv), read: Math.max(held.read, read) });
    if (this.timer === undefined) this.timer = setTimeout(() => this.flush(), gatherMilliseconds);
  }

  private flush(): void {
    this.timer = undefined;
    for (const [conv, mark] of this.wanted) {
      if (this.send({ t: "rcpt", conv, ...mark })) this.told.set(conv, mark);
    }
    this.wanted.clear();
  }
}
