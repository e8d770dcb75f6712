import type { LogEvent } from "./protocol";

// A conversation's events as the browser holds them: sorted by `seq`, each once, possibly with holes.

/** Upserts by `seq`; what we hold already keeps its object, so nothing is drawn twice. */
export function mergeEvents(held: readonly LogEvent[], more: readonly LogEvent[]): LogEvent[] {
  if (more.length === 1 && (held.length === 0 || more[0]!.seq > held[held.length - 1]!.seq)) return [...held, more[0]!];
  const bySeq = new Map<number, LogEvent>();
  for (const event of held) bySeq.set(event.seq, event);
  for (const event of more) if (!bySeq.has(event.seq)) bySeq.set(event.seq, event);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The unbroken run up to the newest event: what lies behind a hole is not shown until the hole is filled. */
export function unbrokenTail(events: readonly LogEvent[]): LogEvent[] {
  let start = events.length - 1;
  while (start > 0 && events[start - 1]!.seq === events[start]!.seq - 1) start -= 1;
  return events.slice(Math.max(0, start));
}

/** The `seq` before which there is more to ask for; 0 when the beginning is on the screen. */
export function holeBefore(events: readonly LogEvent[]): number {
  const first = unbrokenTail(events)[0]?.seq ?? 1;
  return first > 1 ? first : 0;
}
