import type { Conversation, Ring } from "./protocol";
import type { State } from "./state";

// Questions about the state; each answer is derived, nothing is remembered on the side.

export type ListName = "mine" | "queue" | "done" | "all";

export interface RingRow { conv: string; ring: Ring }

/** What rings for me: every ring frame, and every conversation that is offered to me although its frame was lost. */
export function ringing(state: State): RingRow[] {
  const rows = Object.values(state.rings).map((ring) =>
    ({ conv: ring.conv, ring: { ...ring, who: state.convs[ring.conv]?.who ?? ring.who } }));
  for (const conv of Object.values(state.convs)) {
    if (state.rings[conv.id] || !isOfferedToMe(state, conv) || declinedByMe(state, conv.id) || isOver(state, conv)) continue;
    const { id, channel, who, deadline } = conv;
    rows.push({ conv: id, ring: { conv: id, channel, who, why: "offered", ...(deadline ? { deadline } : {}) } });
  }
  // Calls first: somebody holds a telephone to the ear. Then whatever ends soonest.
  return rows.sort((a, b) => rank(a) - rank(b) || (a.ring.deadline ?? Infinity) - (b.ring.deadline ?? Infinity));
}

function rank(row: RingRow): number { return row.ring.channel === "call" ? 0 : 1; }

function isOfferedToMe(state: State, conv: Conversation): boolean {
  return conv.state === "offered" && (conv.offered ?? []).some((rep) => rep.id === state.me?.id);
}

/** The caller hung up; how that call counts is decided a moment later, and until then it looks as if it were offered. */
function isOver(state: State, conv: Conversation): boolean {
  return conv.call?.state === "ended" || state.missed.some((one) => one.conv === conv.id);
}

function declinedByMe(state: State, conv: string): boolean {
  return state.outbox.some((entry) => entry.frame.t === "act" && entry.frame.conv === conv
    && (entry.frame.op === "decline" || entry.frame.op === "accept"));
}

export function isMine(state: State, conv: Conversation): boolean {
  return conv.owner !== undefined && conv.owner.id === state.me?.id;
}

/** A talk is on, or its wrap-up is still owed. */
export function isOpen(conv: Conversation): boolean { return conv.state === "active" || conv.state === "wrapup"; }

export function needsAnswer(conv: Conversation): boolean {
  return conv.state === "active" && conv.channel === "chat" && conv.waiting_since !== undefined;
}

/** Mine, longest wait first; then live calls, then what is calm, then what only wants filing. */
export function mine(state: State): Conversation[] {
  return Object.values(state.convs).filter((conv) => isMine(state, conv) && isOpen(conv)).sort(byWaiting);
}

export function byWaiting(a: Conversation, b: Conversation): number {
  return group(a) - group(b) || (a.waiting_since ?? a.since) - (b.waiting_since ?? b.since) || a.id.localeCompare(b.id);
}

function group(conv: Conversation): number {
  if (needsAnswer(conv)) return 0;
  if (conv.state === "active") return conv.channel === "call" ? 1 : 2;
  return 3;
}

/** Waiting for anybody: the oldest first, that is the order of service. What rings for me stands above the lists. */
export function queue(state: State): Conversation[] {
  return Object.values(state.convs)
    .filter((conv) => (conv.state === "queued" || conv.state === "offered") && !isMine(state, conv)
      && !state.rings[conv.id] && conv.call?.state !== "ended")
    .sort((a, b) => a.opened - b.opened);
}

export function listed(state: State, name: ListName): Conversation[] {
  switch (name) {
    case "mine": return mine(state);
    case "queue": return queue(state);
    case "done": return finished(state);
    case "all": return everything(state);
  }
}

/** What the server listed, and what has been closed under our eyes since. */
function finished(state: State): Conversation[] {
  const ids = new Set(state.lists["done"]?.ids ?? []);
  return Object.values(state.convs)
    .filter((conv) => conv.state === "closed" && (ids.has(conv.id) || isMine(state, conv)))
    .sort(byEnd);
}

function byEnd(a: Conversation, b: Conversation): number { return (b.ended ?? b.since) - (a.ended ?? a.since); }

function everything(state: State): Conversation[] {
  const ids = new Set(state.lists["all"]?.ids ?? []);
  return Object.values(state.convs)
    .filter((conv) => conv.state !== "closed" || ids.has(conv.id))
    .sort((a, b) => Number(a.state === "closed") - Number(b.state === "closed")
      || (a.state === "closed" ? byEnd(a, b) : byWaiting(a, b)));
}

/** What was written last, if the last thing that happened was somebody writing. */
export function lastWords(conv: Conversation): Conversation["last"] {
  const said = conv.last?.kind === "text" || conv.last?.kind === "note";
  return said && conv.last?.text ? conv.last : undefined;
}

export interface Alert { rings: number; unanswered: number; total: number }

/** The alert is a fact about the state ("something rings for me, or I owe an answer"), never about a single event. */
export function alertOf(state: State, watching?: string): Alert {
  if (state.session !== "open") return { rings: 0, unanswered: 0, total: 0 };
  const rings = ringing(state).length;
  const owed = mine(state).filter((conv) => needsAnswer(conv) && conv.unread > 0 && conv.id !== watching);
  return { rings, unanswered: owed.length, total: rings + owed.length };
}

export function isSupervisor(state: State): boolean {
  return state.me?.role === "supervisor" || state.me?.role === "admin";
}

export type Warmth = "quiet" | "warn" | "danger";
export function warmth(milliseconds: number): Warmth {
  if (milliseconds >= 120_000) return "danger";
  return milliseconds >= 30_000 ? "warn" : "quiet";
}
