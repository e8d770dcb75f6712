import { mergeEvents } from "./log";
import type { Conversation, LogEvent, Rep, ServerFrame } from "./protocol";
import type { Missed, State } from "./state";
import { upsertConversation, without } from "./store";

// What each frame of the server does to the state.

/** Typing is said again every few seconds; without a repeat it ends by itself. */
export const typingMilliseconds = 6_000;
const missedMost = 20;

export function applyFrame(state: State, frame: ServerFrame, now: number): State {
  switch (frame.t) {
    case "welcome": return welcome(state, frame, now);
    case "snap": return snapshot(state, frame);
    case "ev": return event(state, frame, now);
    case "conv": return upsertConversation(withoutGone(state, frame.conv.id), frame.conv);
    case "gone": return gone(state, frame);
    case "ring": return ring(state, frame, now);
    case "ring_end": return ringEnd(state, frame, now);
    case "card": return card(state, frame);
    case "wm": return watermark(state, frame);
    case "eph": return ephemeral(state, frame, now);
    case "page": return page(state, frame);
    case "pres": return presence(state, frame.reps);
    case "hist": return history(state, frame);
    case "lag": return { ...state, link: { ...state.link, lagging: true } };
    case "ping": return { ...state, link: { ...state.link, lagging: false, syncedAt: now } };
    default: return state;
  }
}

function welcome(state: State, frame: ServerFrame & { t: "welcome" }, now: number): State {
  const { me, reps, dispositions, limits, demo, build, epoch } = frame;
  const outdated = state.outdated || (state.build !== undefined && state.build !== build);
  const { code: _, retryAt: __, ...link } = state.link;
  const next: State = {
    ...state, me, reps, dispositions, limits, demo, epoch, outdated, build: state.build ?? build, skew: frame.now - now,
    link: { ...link, phase: "live", syncedAt: now, lagging: false },
  };
  if (frame.mode !== "reset") return { ...next, loaded: true };
  // A new lineage or too long an absence: what comes now is the truth, what we hold is a memory of it.
  return { ...next, convs: {}, events: state.epoch === epoch ? state.events : {}, rings: {}, typing: {}, asking: {},
    timelines: {}, lists: {} };
}

function snapshot(state: State, frame: ServerFrame & { t: "snap" }): State {
  const next = frame.convs.reduce(upsertConversation, state);
  return frame.last ? { ...next, loaded: true } : next;
}

function event(state: State, frame: ServerFrame & { t: "ev" }, now: number): State {
  const { t: _, pos, prev: __, ...rest } = frame;
  const entry: LogEvent = { ...rest, gid: pos };
  const events = { ...state.events, [entry.conv]: mergeEvents(state.events[entry.conv] ?? [], [entry]) };
  const spoke = entry.kind === "text" && entry.from.k === "visitor";
  const typing = spoke ? without(state.typing, entry.conv) : state.typing;
  return { ...advance({ ...state, events, typing }, entry), link: { ...state.link, syncedAt: now } };
}

/** The row in the list moves with the event; the `conv` frame that follows brings the whole truth. */
function advance(state: State, entry: LogEvent): State {
  const conv = state.convs[entry.conv];
  if (!conv || conv.seq >= entry.seq) return state;
  const said = entry.kind === "text" || entry.kind === "note";
  const next: Conversation = {
    ...conv, seq: entry.seq, vseq: Math.max(conv.vseq, entry.vseq ?? 0),
    ...(said ? { last: { kind: entry.kind, k: entry.from.k, text: entry.body.text ?? "", ts: entry.ts } } : {}),
  };
  return { ...state, convs: { ...state.convs, [entry.conv]: next } };
}

function gone(state: State, frame: ServerFrame & { t: "gone" }): State {
  return {
    ...state, convs: without(state.convs, frame.conv), events: without(state.events, frame.conv),
    rings: without(state.rings, frame.conv), typing: without(state.typing, frame.conv),
    gone: { ...state.gone, [frame.conv]: { why: frame.why, ...(frame.by ? { by: frame.by } : {}) } },
  };
}

function withoutGone(state: State, conv: string): State {
  return conv in state.gone ? { ...state, gone: without(state.gone, conv) } : state;
}

function ring(state: State, frame: ServerFrame & { t: "ring" }, now: number): State {
  const { t: _, ...rest } = frame;
  const cards = frame.card ? { ...state.cards, [frame.card.person.id]: frame.card } : state.cards;
  const heard = state.rings[frame.conv]?.heard ?? now;
  return {
    ...state, cards, rings: { ...state.rings, [frame.conv]: { ...rest, heard } },
    missed: state.missed.filter((one) => one.conv !== frame.conv),
  };
}

/** What ended without anybody taking it stays visible as missed, with the reason. */
function ringEnd(state: State, frame: ServerFrame & { t: "ring_end" }, now: number): State {
  const held = state.rings[frame.conv] !== undefined;
  const lost = held && (frame.why === "timeout" || frame.why === "ended");
  const entry: Missed = { conv: frame.conv, at: now, why: frame.why, ...(frame.by ? { by: frame.by } : {}) };
  const missed = lost ? [entry, ...state.missed].slice(0, missedMost) : state.missed;
  return { ...state, missed, rings: without(state.rings, frame.conv) };
}

function card(state: State, frame: ServerFrame & { t: "card" }): State {
  const conv = state.convs[frame.conv];
  const held = state.rings[frame.conv];
  return {
    ...state,
    cards: frame.card ? { ...state.cards, [frame.card.person.id]: frame.card } : state.cards,
    convs: conv ? { ...state.convs, [frame.conv]: { ...conv, who: frame.who } } : state.convs,
    rings: held
      ? { ...state.rings, [frame.conv]: { ...held, who: frame.who, ...(frame.card ? { card: frame.card } : {}) } }
      : state.rings,
  };
}

function watermark(state: State, frame: ServerFrame & { t: "wm" }): State {
  const conv = state.convs[frame.conv];
  if (!conv) return state;
  const marks = conv.marks ?? { visitor: { recv: 0, read: 0 }, staff: { recv: 0, read: 0 } };
  const held = marks[frame.who];
  const mark = { recv: Math.max(held.recv, frame.recv), read: Math.max(held.read, frame.read) };
  const unread = frame.who === "staff" && mark.read >= conv.vseq ? 0 : conv.unread;
  const next = { ...conv, unread, marks: { ...marks, [frame.who]: mark } };
  return { ...state, convs: { ...state.convs, [frame.conv]: next } };
}

function ephemeral(state: State, frame: ServerFrame & { t: "eph" }, now: number): State {
  const held = state.typing[frame.conv] ?? { reps: [] };
  const until = frame.k === "typing" ? now + typingMilliseconds : now;
  const next = frame.who.k === "visitor"
    ? { ...held, visitorUntil: until }
    : { ...held, reps: [...held.reps.filter((rep) => rep.id !== frame.who.id),
        { id: frame.who.id ?? "", name: frame.who.name ?? "", until }].filter((rep) => rep.until > now) };
  return { ...state, typing: { ...state.typing, [frame.conv]: next } };
}

function page(state: State, frame: ServerFrame & { t: "page" }): State {
  const conv = state.convs[frame.conv];
  if (!conv) return state;
  const convs = { ...state.convs, [frame.conv]: { ...conv, page: frame.page } };
  const person = conv.who.person?.id;
  const known = person ? state.cards[person] : undefined;
  if (!known) return { ...state, convs };
  const before = known.web?.trail ?? [];
  const trail = before[0]?.url === frame.page.url ? before : [frame.page, ...before].slice(0, 20);
  return { ...state, convs, cards: { ...state.cards, [person!]: { ...known, web: { ...frame.page, trail } } } };
}

function presence(state: State, reps: Rep[]): State {
  const mine = reps.find((rep) => rep.id === state.me?.id);
  const byId = new Map(state.reps.map((rep) => [rep.id, rep]));
  for (const rep of reps) byId.set(rep.id, rep);
  return { ...state, reps: [...byId.values()], ...(mine && state.me ? { me: { ...state.me, state: mine.state } } : {}) };
}

function history(state: State, frame: ServerFrame & { t: "hist" }): State {
  return {
    ...state, asking: without(state.asking, frame.conv),
    events: { ...state.events, [frame.conv]: mergeEvents(state.events[frame.conv] ?? [], frame.events) },
  };
}
