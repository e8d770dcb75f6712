import { Refusal } from "./api";
import { Connection, type Action, type Input, type Introduction } from "./connection";
import type { ClientFrame, ServerFrame } from "./protocol";

// Gives the connection machine a socket, a clock and the browser's hints; it decides nothing itself.

export interface LinkListener {
  onFrame(frame: ServerFrame): void;
  onLost(retryAt: number): void;
  onEnded(code: string): void;
  onLoginNeeded(): void;
}

export class Link {
  private readonly machine: Connection;
  private socket: WebSocket | undefined;
  /** Counts the tries, so that a late answer of an earlier one is never taken for one of ours. */
  private generation = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly listener: LinkListener, private readonly ticket: () => Promise<string>,
    introduce: () => Introduction) {
    this.machine = new Connection(introduce, Math.random);
    const probe = () => { if (document.visibilityState === "visible") this.feed({ is: "probe" }); };
    document.addEventListener("visibilitychange", probe);
    addEventListener("online", probe);
    // A socket may not notice for half a minute that nothing is behind it any more.
    addEventListener("offline", probe);
    addEventListener("pageshow", probe);
  }

  get isLive(): boolean { return this.machine.phase === "live"; }
  start(): void { this.feed({ is: "start" }); }
  stop(): void { this.feed({ is: "stop" }); }
  tryNow(): void { this.feed({ is: "probe" }); }

  send(frame: ClientFrame): boolean {
    if (!this.isLive || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private feed(input: Input): void {
    for (const action of this.machine.step(input, Date.now())) this.perform(action);
    this.schedule();
  }

  private perform(action: Action): void {
    switch (action.do) {
      case "dial": void this.dial(); break;
      case "send": if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(action.frame)); break;
      case "deliver": this.listener.onFrame(action.frame); break;
      case "hangUp": this.hangUp(); break;
      case "lost": this.hangUp(); this.listener.onLost(this.machine.retryAt); break;
      case "ended": this.listener.onEnded(action.code); break;
    }
  }

  private async dial(): Promise<void> {
    this.hangUp();
    const generation = this.generation;
    let ticket: string;
    try {
      ticket = await this.ticket();
    } catch (error) {
      if (generation !== this.generation) return;
      if (error instanceof Refusal && error.status === 401) {
        this.feed({ is: "stop" });
        return this.listener.onLoginNeeded();
      }
      return this.feed({ is: "refused" });
    }
    if (generation === this.generation) this.connect(ticket, generation);
  }

  private connect(ticket: string, generation: number): void {
    const url = new URL("/rt/staff", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url, "switchboard.v1");
    this.socket = socket;
    const ours = (act: () => void) => () => { if (generation === this.generation) act(); };
    socket.onopen = ours(() => this.feed({ is: "opened", ticket }));
    socket.onmessage = (message) => {
      if (generation !== this.generation) return;
      const frame = parse(message.data);
      if (frame) this.feed({ is: "frame", frame });
    };
    socket.onclose = (event) => { if (generation === this.generation) this.feed({ is: "closed", code: event.code }); };
  }

  private hangUp(): void {
    this.generation += 1;
    this.socket?.close();
    this.socket = undefined;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const due = this.machine.deadline();
    if (due !== undefined) this.timer = setTimeout(() => this.feed({ is: "tick" }), Math.max(0, due - Date.now()));
  }
}

function parse(data: unknown): ServerFrame | undefined {
  try {
    return typeof data === "string" ? (JSON.parse(data) as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}
