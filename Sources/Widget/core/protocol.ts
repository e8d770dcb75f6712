// The visitor's half of SBP/1 (Protocols/sbp-1.md): what may stand in a frame, and nothing else.
// Unknown fields and unknown frame types of the server are ignored, so every type here lists only what the panel reads.

export type Id = string;

export interface Page {
  url: string;
  title: string;
  ref?: string | undefined;
}

export interface Form {
  name?: string;
  email?: string;
  phone?: string;
  topic?: string;
}

export interface Marks {
  recv: number;
  read: number;
}

export type EventKind = "opened" | "text" | "joined" | "left" | "closed" | "reopened" | "rated";

export interface ChatEvent {
  conv: Id;
  seq: number;
  ts: number;
  from: { k: "visitor" | "rep" | "system"; name?: string; me?: boolean };
  kind: EventKind;
  cid?: Id;
  body: { text?: string; name?: string; by?: "visitor" | "rep" | "system"; score?: number };
}

export interface VisitorConversation {
  id: Id;
  state: "waiting" | "active" | "closed";
  vseq: number;
  /** The vseq before which there are older events to ask for; 0 = none. */
  first: number;
  events: ChatEvent[];
  marks?: { visitor?: Marks; staff?: Marks };
  rep?: { name: string };
  queue?: { place: number; online: boolean; eta_s?: number };
  rated?: unknown;
}

export interface Resume {
  epoch: string;
  convs: Record<Id, number>;
}

export type ClientFrame =
  | {
      t: "hello";
      v: 1;
      inbox: string;
      tok?: string;
      idt?: string;
      dev: string;
      tab: string;
      lang: string;
      tz?: string;
      vis: boolean;
      page?: Page;
      resume?: Resume;
    }
  | { t: "open"; cid: Id; form?: Form; first: { cid: Id; text: string } }
  | { t: "send"; cid: Id; conv: Id; kind: "text"; body: { text: string } }
  | { t: "act"; cid: Id; conv: Id; op: "close" | "rate"; args?: { score: number; comment?: string } }
  | { t: "rcpt"; conv: Id; recv: number; read: number }
  | { t: "eph"; conv: Id; k: "typing" | "stop" }
  | ({ t: "page" } & Page)
  | { t: "hist"; id: string; conv: Id; before: number; limit: number }
  | { t: "pong" };

export interface Welcome {
  t: "welcome";
  sid: string;
  epoch: string;
  mode: "resumed" | "replay" | "reset";
  now: number;
  hb: number;
  limits: { text: number; frame: number; inflight: number };
  me: { vid: string; tok: string; name?: string; verified: boolean };
  inbox: { key: string; name: string; online: boolean };
}

export type ServerFrame =
  | Welcome
  | { t: "snap"; convs: VisitorConversation[]; last: boolean }
  | ({ t: "ev"; pos: number; prev: number } & ChatEvent)
  | { t: "ack"; cid: Id; conv: Id; seq?: number; pos?: number; ts: number; dup?: boolean }
  | { t: "wm"; conv: Id; who: "staff" | "visitor"; recv: number; read: number }
  | { t: "eph"; conv: Id; k: "typing" | "stop"; who?: { k: "rep"; name?: string } }
  | { t: "queue"; conv: Id; place: number; online: boolean; eta_s?: number }
  | { t: "hist"; id: string; conv: Id; events: ChatEvent[]; more: boolean }
  | { t: "ping"; pos?: Record<Id, number> }
  | { t: "err"; cid?: Id; id?: string; code: string; retry_ms?: number; field?: string }
  | { t: "lag" }
  | { t: "bye"; code: number | string; retry_ms?: number };

/** Reads one frame; anything that is not a JSON object with a `t` is nothing. */
export function parseFrame(text: unknown): ServerFrame | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame === "object" && frame !== null && typeof (frame as { t?: unknown }).t === "string") {
      return frame as ServerFrame;
    }
  } catch {
    // A frame that cannot be read is a frame that did not come; the next ping shows the gap, if there is one.
  }
  return undefined;
}

/** What a close code asks of the client: the range decides, so that unknown codes work too. */
export function isFinalClose(code: number): boolean {
  return code >= 4500 && code <= 4599;
}
