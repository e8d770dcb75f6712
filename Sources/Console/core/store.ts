import { applyFrame } from "./frames";
import { mergeEvents } from "./log";
import type { Entry } from "./outbox";
import type { Card, Conversation, LogEvent, Me, Page, ServerFrame } from "./protocol";
import { emptyState, type LinkState, type List, type State } from "./state";

// The one reducer: what happened goes in, the next state comes out. Frames have a file of their own (frames.ts).

export type Happening =
  | { is: "frame"; frame: ServerFrame; now: number }
  | { is: "session"; session: State["session"]; me?: Me; why?: State["sessionEnd"] }
  | { is: "link"; link: Partial<LinkState> }
  | { is: "outbox"; entries: readonly Entry[] }
  | { is: "asked"; conv: string; asking: boolean }
  | { is: "read"; conv: string }
  | { is: "clock"; now: number }
  | { is: "declined"; conv: string }
  | { is: "missedSeen"; conv: string }
  | { is: "card"; card: Card }
  | { is: "conversations"; convs: Conversation[] }
  | { is: "list"; view: string; list: Partial<List> & { state: List["state"] }; convs?: Conversation[]; append?: boolean }
  | { is: "timelineAsked"; person: string; state: "loading" | "failed" | "forbidden" }
  | { is: "timeline"; person: string; events: LogEvent[]; pages: (Page & { ts: number })[]; convs: Conversation[];
      more: boolean; next?: string; append: boolean };

export function reduce(state: State, happening: Happening): State {
  switch (happening.is) {
    case "frame": return applyFrame(state, happening.frame, happening.now);
    case "session": return session(state, happening);
    case "link": return { ...state, link: { ...state.link, ...happening.link } };
    case "outbox": return { ...state, outbox: happening.entries };
    case "asked": return { ...state, asking: { ...state.asking, [happening.conv]: happening.asking } };
    case "read": return markRead(state, happening.conv);
    case "clock": return expire(state, happening.now);
    case "declined": return { ...state, rings: without(state.rings, happening.conv) };
    case "missedSeen": return { ...state, missed: state.missed.filter((one) => one.conv !== happening.conv) };
    case "card": return { ...state, cards: { ...state.cards, [happening.card.person.id]: happening.card } };
    case "conversations": return happening.convs.reduce(upsertConversation, state);
    case "list": return list(state, happening);
    case "timelineAsked": return timelineAsked(state, happening.person, happening.state);
    case "timeline": return timeline(state, happening);
  }
}

/** Takes a conversation unless what we hold is newer; its events join the log either way. */
export function upsertConversation(state: State, conv: Conversation): State {
  const { events, ...bare } = conv;
  const held = state.convs[conv.id];
  const older = held !== undefined && (held.rev > conv.rev || (held.rev === conv.rev && held.seq > conv.seq));
  const next: State = older ? state : { ...state, convs: { ...state.convs, [conv.id]: bare } };
  const logged = events?.length
    ? { ...next, events: { ...next.events, [conv.id]: mergeEvents(next.events[conv.id] ?? [], events) } }
    : next;
  return older ? logged : settleRing(logged, bare);
}

/** A ring lives only as long as the conversation is offered: no state can leave one behind. */
function settleRing(state: State, conv: Conversation): State {
  if (!state.rings[conv.id] || conv.state === "offered" || conv.state === "queued") return state;
  return { ...state, rings: without(state.rings, conv.id) };
}

export function without<Value>(record: Record<string, Value>, key: string): Record<string, Value> {
  if (!(key in record)) return record;
  const { [key]: _, ...rest } = record;
  return rest;
}

function session(state: State, happening: Happening & { is: "session" }): State {
  if (happening.session === "open") {
    const { sessionEnd: _, ...rest } = state;
    return { ...rest, session: "open", ...(happening.me ? { me: happening.me } : {}) };
  }
  // Nothing of one rep's work may be on the screen of the next; drafts live elsewhere and stay.
  return { ...emptyState, session: happening.session, ...(happening.why ? { sessionEnd: happening.why } : {}) };
}

function markRead(state: State, id: string): State {
  const conv = state.convs[id];
  if (!conv || conv.unread === 0) return state;
  return { ...state, convs: { ...state.convs, [id]: { ...conv, unread: 0 } } };
}

function expire(state: State, now: number): State {
  const stale = Object.values(state.typing).some(
    (one) => (one.visitorUntil ?? now + 1) <= now || one.reps.some((rep) => rep.until <= now));
  if (!stale) return state;
  const typing: State["typing"] = {};
  for (const [id, one] of Object.entries(state.typing)) {
    const reps = one.reps.filter((rep) => rep.until > now);
    const visitor = one.visitorUntil !== undefined && one.visitorUntil > now;
    if (visitor) typing[id] = { reps, visitorUntil: one.visitorUntil! };
    else if (reps.length) typing[id] = { reps };
  }
  return { ...state, typing };
}

function list(state: State, happening: Happening & { is: "list" }): State {
  const before = state.lists[happening.view];
  const ids = happening.list.ids ?? before?.ids ?? [];
  const joined = happening.append && before ? [...new Set([...before.ids, ...ids])] : ids;
  const next = (happening.convs ?? []).reduce(upsertConversation, state);
  return { ...next, lists: { ...next.lists, [happening.view]: { ...happening.list, ids: joined } } };
}

function timelineAsked(state: State, person: string, asked: "loading" | "failed" | "forbidden"): State {
  const before = state.timelines[person] ?? { convs: [], pages: [], horizon: 0, more: false };
  return { ...state, timelines: { ...state.timelines, [person]: { ...before, state: asked } } };
}

function timeline(state: State, happening: Happening & { is: "timeline" }): State {
  let next = happening.convs.reduce(upsertConversation, state);
  const byConversation = new Map<string, LogEvent[]>();
  for (const event of happening.events) {
    byConversation.set(event.conv, [...(byConversation.get(event.conv) ?? []), event]);
  }
  const events = { ...next.events };
  for (const [conv, more] of byConversation) events[conv] = mergeEvents(events[conv] ?? [], more);
  next = { ...next, events };

  const before = happening.append ? state.timelines[happening.person] : undefined;
  const times = [...happening.events, ...happening.pages].map((item) => item.ts);
  const oldest = times.length ? Math.min(...times) : before?.horizon ?? 0;
  const convs = [...new Set([
    ...(before?.convs ?? []), ...happening.convs.map((conv) => conv.id), ...byConversation.keys(),
  ])];
  const pages = [...(before?.pages ?? []), ...happening.pages];
  return {
    ...next,
    timelines: {
      ...next.timelines,
      [happening.person]: {
        convs, pages, more: happening.more, state: "ready", horizon: happening.more ? oldest : 0,
        ...(happening.next ? { next: happening.next } : {}),
      },
    },
  };
}
