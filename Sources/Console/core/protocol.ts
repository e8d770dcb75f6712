// The values of SBP/1 as the console meets them; Protocols/sbp-1.md is the page behind every line of this file.

export type Channel = "chat" | "call";
export type RepState = "online" | "away" | "busy" | "offline";
export type ConversationState = "queued" | "offered" | "active" | "wrapup" | "closed";
export type Level = "verified" | "confirmed" | "network" | "claimed" | "none";
export type CallDisposition =
  | "answered" | "missed" | "abandoned" | "voicemail" | "busy" | "no_answer" | "failed" | "blocked";

export interface Named { id: string; name: string }
export interface Rep extends Named { role: string; state: RepState; load: number; capacity: number }
export interface Me extends Named { email: string; role: string; state: RepState; capacity: number; extension?: string }
export interface Page { url: string; title: string; at: number }
export interface Marks { recv: number; read: number }

export interface PersonLine { id: string; name: string; org?: string }
export interface Candidate extends PersonLine { owner?: string | Named; why: string }
export interface Claim { kind: "name" | "email" | "phone"; value: string; suggests?: PersonLine[] }

/** How sure are we who this is? */
export interface Party {
  match: "unique" | "ambiguous" | "unknown" | "anonymous";
  level: Level;
  confidence?: "exact" | "national" | "suffix";
  person?: PersonLine;
  number?: string;
  e164?: string;
  claims?: Claim[];
  candidates?: Candidate[];
}

export interface Call {
  direction: "inbound" | "outbound" | "internal";
  state: "offered" | "queued" | "ringing" | "answered" | "held" | "ended";
  from?: string; to?: string; line?: string; queue?: string;
  started: number; ringing_at?: number; answered_at?: number; ended_at?: number;
  disposition?: CallDisposition; ended_by?: string;
  agents: { id?: string; name?: string }[];
}

export interface Conversation {
  id: string; channel: Channel; state: ConversationState;
  rev: number; seq: number; vseq: number; opened: number; since: number;
  owner?: Named; offered?: Named[]; deadline?: number; ended?: number;
  disposition?: string; outcome?: string; waiting_since?: number; unread: number;
  last?: { kind: string; k: string; text?: string; ts: number };
  who: Party;
  marks?: { visitor: Marks; staff: Marks };
  page?: Page; lang?: string; call?: Call;
  rated?: { score: number; comment?: string };
  events?: LogEvent[];
}

export interface From { k: "visitor" | "rep" | "carrier" | "system"; id?: string; name?: string }

/** Bodies differ by kind; readers ask for what they know and leave the rest. */
export interface Body {
  text?: string; name?: string; id?: string; from?: string | Named; why?: string; by?: string;
  disposition?: string; next?: string; score?: number; comment?: string; value?: string; kind?: string; how?: string;
  reps?: Named[]; rep?: Named; person?: Named; agent?: { id?: string; name?: string };
  what?: string; ended_by?: string; seconds?: number; deadline?: number; lang?: string;
  form?: Record<string, string>;
}

export interface LogEvent {
  conv: string; seq: number; vseq?: number; ts: number; from: From; kind: string; cid?: string; body: Body;
  gid?: number;
}

export interface Deal { id: string; title: string; stage: string; amount?: number; currency?: string; close?: number | string }
export interface Contact { conv: string; channel: Channel; at: number; outcome?: string; rep?: string; text?: string }
export interface Card {
  person: {
    id: string; name: string; title?: string; org?: Named; lifecycle: string; owner?: Named;
    phones: string[]; emails: string[]; language?: string; region?: string; since: number; rev: number;
  };
  deals: Deal[];
  recent: Contact[];
  web?: Page & { trail: Page[] };
  merged?: { id: string; name: string; edge: string; at: number }[];
}

export interface Ring {
  conv: string; channel: Channel; deadline?: number; why: string; from?: string; who: Party; card?: Card;
  /** When this browser heard of it: the start of the countdown. */
  heard?: number;
}

export interface Limits { text: number; frame: number; inflight: number }

export type ServerFrame =
  | { t: "welcome"; sid: string; epoch: string; pos: number; mode: "resumed" | "replay" | "reset"; now: number; hb: number;
      limits: Limits; me: Me; reps: Rep[]; dispositions: string[]; demo: boolean; build: string }
  | { t: "snap"; pos: number; convs: Conversation[]; last: boolean }
  | ({ t: "ev"; pos: number; prev: number } & LogEvent)
  | { t: "conv"; conv: Conversation }
  | { t: "gone"; conv: string; why: string; by?: string }
  | { t: "ack"; cid: string; conv: string; seq?: number; pos?: number; ts: number; dup?: boolean }
  | ({ t: "ring" } & Ring)
  | { t: "ring_end"; conv: string; why: string; by?: string }
  | { t: "card"; conv: string; who: Party; card?: Card }
  | { t: "wm"; conv: string; who: "visitor" | "staff"; recv: number; read: number }
  | { t: "eph"; conv: string; k: "typing" | "stop"; who: From }
  | { t: "page"; conv: string; page: Page }
  | { t: "pres"; reps: Rep[] }
  | { t: "hist"; id: string; conv: string; events: LogEvent[]; more: boolean }
  | { t: "ping"; pos: number }
  | { t: "err"; cid?: string; id?: string; code: string; retry_ms?: number; field?: string; by?: string }
  | { t: "lag"; from: number }
  | { t: "bye"; code: string; retry_ms?: number };

export type Operation =
  | "accept" | "decline" | "claim" | "assign" | "release" | "close" | "reopen" | "pick" | "unpick";

/** What is kept in the outbox until the server has it. */
export type DurableFrame =
  | { t: "send"; cid: string; conv: string; kind: "text" | "note"; body: { text: string } }
  | { t: "act"; cid: string; conv: string; op: Operation; args?: Record<string, unknown> };

export type ClientFrame =
  | DurableFrame
  | { t: "hello"; v: 1; ticket: string; dev: string; tab: string; lang: string; vis: boolean;
      resume?: { epoch: string; pos: number } }
  | { t: "rcpt"; conv: string; recv: number; read: number }
  | { t: "eph"; conv: string; k: "typing" | "stop" }
  | { t: "sub"; conv: string }
  | { t: "hist"; id: string; conv: string; before: number; limit: number }
  | { t: "status"; state: "online" | "away" | "busy" }
  | { t: "pong"; pos?: number };
