// One socket to the switchboard, kept alive by the rules of SBP/1 §4: who says hello, who counts as dead, when to try
// again. It knows nothing of messages; frames go up as they come, in order.

import { backoffMilliseconds } from "./backoff";
import type { Cancel, Clock } from "./clock";
import { isFinalClose, parseFrame } from "./protocol";
import type { ClientFrame, ServerFrame, Welcome } from "./protocol";

/** The part of a WebSocket that is used here. */
export interface Socket {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
}

export type Link =
  /** Nobody asked for a connection. */
  | { is: "off" }
  /** A socket is opening, or its hello has no answer yet. */
  | { is: "connecting"; since: number }
  | { is: "online" }
  /** The next try comes by itself. */
  | { is: "waiting"; until: number; since: number }
  /** The server said that trying again is useless; `code` tells the visitor why. */
  | { is: "stopped"; code: number };

export interface ConnectionHost {
  clock: Clock;
  random: () => number;
  openSocket: () => Socket;
  /** Composes the hello: token, resume positions and the rest are the business of the one above. */
  hello: () => ClientFrame;
  /** What has to happen on an open socket before its hello, if anything. */
  beforeHello?: () => Promise<void> | undefined;
  received: (frame: ServerFrame) => void;
  changed: (link: Link) => void;
  closed?: (code: number) => void;
}

export const timing = {
  deadMilliseconds: 35_000,
  welcomeMilliseconds: 10_000,
  probeMilliseconds: 2_000,
  /** A connection that lived this long was a good one: the next loss is tried again at once. */
  stableMilliseconds: 10_000,
};

export class Connection {
  link: Link = { is: "off" };

  private socket: Socket | undefined;
  private attempt = 0;
  private retryMilliseconds: number | undefined;
  private downSince = 0;
  private lastFrameAt = 0;
  private onlineSince = 0;
  private greeting = false;
  private greetings = 0;
  private cancelTimer: Cancel | undefined;
  private cancelProbe: Cancel | undefined;

  constructor(private readonly host: ConnectionHost) {}

  /** Asks for a connection; harmless when there is one. */
  start(): void {
    if (this.link.is !== "off") return;
    this.attempt = 0;
    this.downSince = this.host.clock.now();
    this.connect();
  }

  /** Tries again although the server said not to: the visitor pressed the button. */
  restart(): void {
    this.stop();
    this.start();
  }

  stop(): void {
    this.drop();
    this.change({ is: "off" });
  }

  send(frame: ClientFrame): void {
    if (this.link.is === "online") this.write(frame);
  }

  /** Whether frames can be sent and no second hello is on its way. */
  get ready(): boolean {
    return this.link.is === "online" && !this.greeting;
  }

  /** Says hello again on the same socket: the way to ask for what was missed. */
  greet(): void {
    if (this.link.is !== "online" || this.greeting) return;
    this.greeting = true;
    this.write(this.host.hello());
    const greeting = ++this.greetings;
    this.host.clock.after(timing.welcomeMilliseconds, () => {
      if (this.greeting && greeting === this.greetings) this.lost(undefined);
    });
  }

  /** The page came back to life (visible, online, shown): is the socket still there? */
  probe(): void {
    if (this.link.is === "waiting") {
      this.connect();
    } else if (this.link.is === "online" && !this.cancelProbe) {
      const asked = this.host.clock.now();
      const heard = this.lastFrameAt;
      this.write({ t: "pong" });
      this.cancelProbe = this.host.clock.after(timing.probeMilliseconds, () => {
        this.cancelProbe = undefined;
        if (this.link.is === "online" && this.lastFrameAt === heard && asked >= heard) this.lost(undefined);
      });
    }
  }

  // MARK: The life of one socket

  private connect(): void {
    this.drop();
    this.retryMilliseconds = undefined;
    this.change({ is: "connecting", since: this.downSince });
    let socket: Socket;
    try {
      socket = this.host.openSocket();
    } catch {
      this.lost(undefined);
      return;
    }
    this.socket = socket;
    const greet = (): void => {
      if (socket !== this.socket) return;
      this.greeting = true;
      this.greetings += 1;
      this.write(this.host.hello());
    };
    socket.onopen = () => {
      const wait = socket === this.socket ? this.host.beforeHello?.() : undefined;
      if (wait) void wait.then(greet);
      else greet();
    };
    socket.onmessage = (event: { data: unknown }) => {
      if (socket === this.socket) this.receive(event.data);
    };
    socket.onclose = (event: { code: number }) => {
      if (socket === this.socket) this.lost(event.code);
    };
    socket.onerror = () => {};
    this.cancelTimer = this.host.clock.after(timing.welcomeMilliseconds, () => this.lost(undefined));
  }

  private receive(data: unknown): void {
    this.lastFrameAt = this.host.clock.now();
    const frame = parseFrame(data);
    if (!frame) return;
    switch (frame.t) {
      case "welcome":
        this.welcome(frame);
        return;
      case "ping":
        this.write({ t: "pong" });
        break;
      case "bye":
        this.retryMilliseconds = frame.retry_ms;
        break;
    }
    this.host.received(frame);
  }

  private welcome(frame: Welcome): void {
    this.greeting = false;
    if (this.link.is !== "online") {
      this.onlineSince = this.host.clock.now();
      // It works again: what failed before counts little, but a server that drops whom it welcomes is not hammered.
      this.attempt = Math.min(this.attempt, 2);
      this.cancelTimer?.();
      this.watch(timing.deadMilliseconds);
      this.link = { is: "online" };
      this.host.received(frame);
      this.host.changed(this.link);
    } else {
      this.host.received(frame);
    }
  }

  /** One timer for the whole silence, moved on when it fires: cheaper than one for each frame. */
  private watch(milliseconds: number): void {
    this.cancelTimer = this.host.clock.after(milliseconds, () => {
      const silence = this.host.clock.now() - this.lastFrameAt;
      if (silence >= timing.deadMilliseconds) this.lost(undefined);
      else this.watch(timing.deadMilliseconds - silence);
    });
  }

  private lost(code: number | undefined): void {
    const now = this.host.clock.now();
    if (this.link.is === "online") {
      this.downSince = now;
      if (now - this.onlineSince >= timing.stableMilliseconds) this.attempt = 0;
    }
    this.drop();
    if (code !== undefined) this.host.closed?.(code);
    if (code !== undefined && isFinalClose(code)) {
      this.change({ is: "stopped", code });
      return;
    }
    const wait = this.retryMilliseconds ?? backoffMilliseconds(this.attempt, this.host.random);
    this.retryMilliseconds = undefined;
    this.attempt += 1;
    this.change({ is: "waiting", until: now + wait, since: this.downSince });
    this.cancelTimer = this.host.clock.after(wait, () => this.connect());
  }

  private drop(): void {
    this.cancelTimer?.();
    this.cancelProbe?.();
    this.cancelTimer = this.cancelProbe = undefined;
    this.greeting = false;
    const socket = this.socket;
    this.socket = undefined;
    try {
      socket?.close(1000);
    } catch {
      // A socket that never opened may refuse to be closed; nobody listens to it any more.
    }
  }

  private write(frame: ClientFrame): void {
    try {
      this.socket?.send(JSON.stringify(frame));
    } catch {
      // The close event follows and says the same.
    }
  }

  private change(link: Link): void {
    this.link = link;
    this.host.changed(link);
  }
}
