import type { ClientFrame, ServerFrame } from "./protocol";

// One connection to the switchboard as a value: inputs go in, actions come out, time and chance are handed in. It owns
// no socket and no timer, so every rule of SBP/1 §3 and §4 that concerns the wire can be tested by hand.
//
//   resting ─start→ dialling ─opened→ greeting ─welcome→ live ─loss→ waiting ─time→ dialling …
//                                                          └─ final close code → ended

export const deadAfterMilliseconds = 35_000;
export const probeMilliseconds = 2_000;
export const dialMilliseconds = 12_000;
export const backoffMilliseconds = { least: 500, most: 30_000 };
/** A connection that lived this long was a good one: the next loss is tried again at once. */
export const soundAfterMilliseconds = 10_000;

export type Phase = "resting" | "dialling" | "greeting" | "live" | "waiting" | "ended";

export type Input =
  | { is: "start" }
  | { is: "opened"; ticket: string }
  | { is: "frame"; frame: ServerFrame }
  | { is: "closed"; code: number }
  | { is: "refused"; final?: string }
  | { is: "probe" }
  | { is: "tick" }
  | { is: "stop" };

export type Action =
  | { do: "dial" }
  | { do: "send"; frame: ClientFrame }
  | { do: "deliver"; frame: ServerFrame }
  | { do: "hangUp" }
  | { do: "lost" }
  | { do: "ended"; code: string };

export interface Introduction { dev: string; tab: string; lang: string; vis: boolean }

const finalCodes: Record<number, string> = {
  4500: "bad_protocol", 4501: "version", 4502: "no_hello", 4510: "blocked", 4511: "origin", 4512: "replaced",
  4513: "disabled",
};

export class Connection {
  phase: Phase = "resting";
  /** The place in the feed up to which everything has been shown. */
  pos = 0;
  epoch = "";
  /** When the next try begins, while waiting. */
  retryAt = 0;
  lastFrameAt = 0;

  private ticket = "";
  private attempts = 0;
  private liveSince = 0;
  private askedAt = 0;
  private probeUntil = 0;
  private byeRetry: number | undefined;
  private resuming = false;
  private resumedFrom: number | undefined;
  private gapAt: number | undefined;

  constructor(private readonly introduce: () => Introduction, private readonly random: () => number) {}

  step(input: Input, now: number): Action[] {
    switch (input.is) {
      case "start": return this.phase === "resting" || this.phase === "ended" ? this.dial(now) : [];
      case "opened": return this.greet(input.ticket, now);
      case "frame": return this.receive(input.frame, now);
      case "closed": return this.closed(input.code, now);
      case "refused": return input.final ? this.end(input.final) : this.lose(now);
      case "probe": return this.probe(now);
      case "tick": return this.tick(now);
      case "stop": this.phase = "resting"; return [{ do: "hangUp" }];
    }
  }

  /** When `tick` must be called next; undefined when nothing is due. */
  deadline(): number | undefined {
    switch (this.phase) {
      case "waiting": return this.retryAt;
      case "dialling": case "greeting": return this.askedAt + dialMilliseconds;
      case "live": {
        const dead = this.lastFrameAt + deadAfterMilliseconds;
        return this.probeUntil > 0 ? Math.min(this.probeUntil, dead) : dead;
      }
      default: return undefined;
    }
  }

  private dial(now: number): Action[] {
    this.phase = "dialling";
    this.askedAt = now;
    return [{ do: "dial" }];
  }

  private greet(ticket: string, now: number): Action[] {
    if (this.phase !== "dialling") return [];
    this.phase = "greeting";
    this.ticket = ticket;
    this.askedAt = now;
    this.lastFrameAt = now;
    this.resuming = false;
    this.gapAt = undefined;
    return [this.hello(true)];
  }

  private hello(withResume: boolean): Action {
    this.resumedFrom = withResume && this.epoch ? this.pos : undefined;
    const resume = this.resumedFrom === undefined ? {} : { resume: { epoch: this.epoch, pos: this.pos } };
    return { do: "send", frame: { t: "hello", v: 1, ticket: this.ticket, ...this.introduce(), ...resume } };
  }

  private receive(frame: ServerFrame, now: number): Action[] {
    if (this.phase !== "greeting" && this.phase !== "live") return [];
    this.lastFrameAt = now;
    this.probeUntil = 0;
    switch (frame.t) {
      case "welcome": return this.welcome(frame, now);
      case "snap":
        if (frame.last) this.pos = frame.pos;
        return [{ do: "deliver", frame }];
      case "ev": return this.event(frame);
      case "ping": return this.ping(frame.pos);
      case "bye": this.byeRetry = frame.retry_ms; return [{ do: "deliver", frame }];
      default: return [{ do: "deliver", frame }];
    }
  }

  /** The sequence state is replaced without conditions; only a replay goes on from where we asked. */
  private welcome(frame: ServerFrame & { t: "welcome" }, now: number): Action[] {
    const goesOn = frame.mode === "replay" && this.resumedFrom !== undefined;
    this.pos = goesOn ? Math.min(this.resumedFrom!, frame.pos) : frame.pos;
    this.epoch = frame.epoch;
    this.phase = "live";
    this.liveSince = now;
    this.resuming = false;
    this.byeRetry = undefined;
    return [{ do: "deliver", frame }];
  }

  private event(frame: ServerFrame & { t: "ev" }): Action[] {
    if (this.resuming) return [];
    if (frame.prev > this.pos) return this.resume();
    this.pos = Math.max(this.pos, frame.pos);
    return [{ do: "deliver", frame }];
  }

  private ping(head: number): Action[] {
    const answer: Action = { do: "send", frame: { t: "pong", pos: this.pos } };
    return !this.resuming && head > this.pos ? [answer, ...this.resume()] : [answer];
  }

  /** The same hole twice means that resuming does not help: then everything is asked for anew. */
  private resume(): Action[] {
    const again = this.gapAt === this.pos;
    this.gapAt = this.pos;
    this.resuming = true;
    return [this.hello(!again)];
  }

  private probe(now: number): Action[] {
    if (this.phase === "waiting") return this.dial(now);
    if (this.phase !== "live") return [];
    this.probeUntil = now + probeMilliseconds;
    return [{ do: "send", frame: { t: "pong", pos: this.pos } }];
  }

  private tick(now: number): Action[] {
    const due = this.deadline();
    if (due === undefined || now < due) return [];
    return this.phase === "waiting" ? this.dial(now) : [{ do: "hangUp" }, ...this.lose(now)];
  }

  private closed(code: number, now: number): Action[] {
    if (this.phase === "resting" || this.phase === "ended" || this.phase === "waiting") return [];
    if (code >= 4500 && code <= 4599) return this.end(finalCodes[code] ?? "bad_protocol");
    if (code === 4410) this.epoch = "";
    return this.lose(now);
  }

  private end(code: string): Action[] {
    this.phase = "ended";
    return [{ do: "hangUp" }, { do: "ended", code }];
  }

  private lose(now: number): Action[] {
    if (this.phase === "live" && now - this.liveSince >= soundAfterMilliseconds) this.attempts = 0;
    const wait = this.byeRetry ?? this.backoff();
    this.attempts += 1;
    this.byeRetry = undefined;
    this.probeUntil = 0;
    this.retryAt = now + wait;
    this.phase = "waiting";
    return [{ do: "lost" }];
  }

  private backoff(): number {
    if (this.attempts === 0) return 0;
    const { least, most } = backoffMilliseconds;
    const ceiling = Math.min(most, least * 2 ** this.attempts);
    return Math.round(least + this.random() * (ceiling - least));
  }
}
