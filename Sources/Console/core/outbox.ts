import type { DurableFrame } from "./protocol";

// What the rep has said and done, kept until the server has it. An entry leaves only by its acknowledgement, by the
// event that carries its cid, or by a final refusal, which keeps the words on the screen with the reason.

export interface Entry {
  cid: string;
  /** Whose it is: another login in the same browser never sends it. */
  rep: string;
  frame: DurableFrame;
  at: number;
  state: "queued" | "sent" | "failed";
  code?: string;
  by?: string;
  retryAt?: number;
}

export interface OutboxStorage {
  all(): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  remove(cid: string): Promise<void>;
}

export class Outbox {
  private list: Entry[] = [];

  constructor(private readonly storage: OutboxStorage) {}

  get entries(): readonly Entry[] { return this.list; }

  /** Takes up what an earlier page of this rep left behind. */
  async restore(rep: string): Promise<void> {
    const kept = (await this.storage.all()).filter((entry) => entry.rep === rep);
    const known = new Set(this.list.map((entry) => entry.cid));
    const back = kept.filter((entry) => !known.has(entry.cid)).map((entry) => {
      const { retryAt: _, ...rest } = entry;
      return { ...rest, state: entry.state === "failed" ? "failed" : "queued" } as Entry;
    });
    this.list = [...back, ...this.list].sort((a, b) => a.at - b.at);
  }

  /** Durable first, then on the wire: the frame may go out only after this has come back. */
  async add(entry: Entry): Promise<void> {
    this.list = [...this.list, entry];
    await this.storage.put(entry);
  }

  /** The frames to send now, in order. A frame that waits for its retry holds back the later ones of its conversation. */
  due(now: number, inflight: number): DurableFrame[] {
    let free = inflight - this.list.filter((entry) => entry.state === "sent").length;
    const held = new Set<string>();
    const frames: DurableFrame[] = [];
    this.list = this.list.map((entry) => {
      if (entry.state !== "queued" || held.has(entry.frame.conv)) return entry;
      if ((entry.retryAt ?? 0) > now) { held.add(entry.frame.conv); return entry; }
      if (free <= 0) return entry;
      free -= 1;
      frames.push(entry.frame);
      return { ...entry, state: "sent" };
    });
    return frames;
  }

  /** When `due` may have something new by the passing of time alone. */
  nextRetry(): number | undefined {
    const times = this.list.filter((entry) => entry.state === "queued" && entry.retryAt).map((entry) => entry.retryAt!);
    return times.length ? Math.min(...times) : undefined;
  }

  /** The server has it (`ack`, or an `ev` with this cid). */
  settle(cid: string): Entry | undefined {
    const entry = this.list.find((one) => one.cid === cid);
    if (!entry) return undefined;
    this.list = this.list.filter((one) => one.cid !== cid);
    void this.storage.remove(cid);
    return entry;
  }

  /** `err`: with a time it is tried again with the same cid, without one it is over. Acts are not kept as failed. */
  refuse(cid: string, code: string, retryMilliseconds: number | undefined, now: number, by?: string): Entry | undefined {
    const entry = this.list.find((one) => one.cid === cid);
    if (!entry) return undefined;
    if (retryMilliseconds === undefined && entry.frame.t === "act") return this.settle(cid);
    const { retryAt: _, ...rest } = entry;
    const changed: Entry = retryMilliseconds === undefined
      ? { ...rest, state: "failed", code, ...(by ? { by } : {}) }
      : { ...rest, state: "queued", code, retryAt: now + retryMilliseconds };
    this.list = this.list.map((one) => (one.cid === cid ? changed : one));
    void this.storage.put(changed);
    return changed;
  }

  /** The connection is gone: nobody knows what arrived, so everything unanswered goes again. */
  lost(): void {
    this.list = this.list.map((entry) => (entry.state === "sent" ? { ...entry, state: "queued" } : entry));
  }

  discard(cid: string): Entry | undefined { return this.settle(cid); }
}

export class MemoryStorage implements OutboxStorage {
  private readonly map = new Map<string, Entry>();
  async all() { return [...this.map.values()]; }
  async put(entry: Entry) { this.map.set(entry.cid, entry); }
  async remove(cid: string) { this.map.delete(cid); }
}
