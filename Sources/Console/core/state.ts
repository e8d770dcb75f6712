import type { Entry } from "./outbox";
import type { Card, Conversation, Limits, LogEvent, Me, Page, Rep, Ring } from "./protocol";

// Everything the console knows, as one value. It is only ever changed by the reducers of store.ts and view.ts.

export interface LinkState {
  phase: "connecting" | "live" | "waiting" | "ended";
  /** The last moment at which this page was known to be complete. */
  syncedAt?: number;
  retryAt?: number;
  lagging: boolean;
  code?: string;
}

export interface RepTyping { id: string; name: string; until: number }
export interface Typing { visitorUntil?: number; reps: RepTyping[] }

/** A ring that nobody took: shown until it is looked at. */
export interface Missed { conv: string; at: number; why: string; by?: string }

export interface Timeline {
  /** Ids of the conversations that the person's history names. */
  convs: string[];
  pages: (Page & { ts: number })[];
  /** Everything at or after this moment is here; what is older is still on the server. */
  horizon: number;
  next?: string;
  more: boolean;
  state: "loading" | "ready" | "failed" | "forbidden";
}

export interface List { ids: string[]; next?: string; state: "loading" | "ready" | "failed" | "forbidden" }

export interface State {
  session: "unknown" | "none" | "open";
  /** Why the login page shows, when it was not the rep who asked for it. */
  sessionEnd?: "expired" | "elsewhere" | "disabled";
  me?: Me;
  reps: Rep[];
  dispositions: string[];
  limits: Limits;
  demo: boolean;
  build?: string;
  outdated: boolean;
  epoch?: string;
  /** Server clock minus ours, for countdowns that agree with it. */
  skew: number;
  loaded: boolean;
  link: LinkState;
  convs: Record<string, Conversation>;
  events: Record<string, LogEvent[]>;
  rings: Record<string, Ring>;
  missed: Missed[];
  cards: Record<string, Card>;
  typing: Record<string, Typing>;
  gone: Record<string, { why: string; by?: string }>;
  outbox: readonly Entry[];
  timelines: Record<string, Timeline>;
  lists: Record<string, List>;
  /** Conversations whose older events are being asked for. */
  asking: Record<string, boolean>;
}

export const emptyState: State = {
  session: "unknown", reps: [], dispositions: [], limits: { text: 16_000, frame: 65_536, inflight: 5 }, demo: false,
  outdated: false, skew: 0, loaded: false, link: { phase: "connecting", lagging: false },
  convs: {}, events: {}, rings: {}, missed: [], cards: {}, typing: {}, gone: {}, outbox: [], timelines: {}, lists: {},
  asking: {},
};
