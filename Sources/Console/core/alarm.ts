import type { Alert } from "./selectors";

// When to make a noise, as a value: the state says what is owed, this says how often to remind. It stops by itself as
// soon as the state is calm, because there is nothing else that it remembers.

export const ringEveryMilliseconds = 2_500;
export const remindEveryMilliseconds = 30_000;

export type Noise = "ring" | "tap" | undefined;

export class Alarm {
  private lastRing = -Infinity;
  private lastTap = -Infinity;
  private owedBefore = 0;

  /** Asked once a second or at a change; answers with the noise that is due now. */
  due(alert: Alert, now: number): Noise {
    const more = alert.unanswered > this.owedBefore;
    this.owedBefore = alert.unanswered;
    if (alert.rings > 0) {
      if (now - this.lastRing < ringEveryMilliseconds) return undefined;
      this.lastRing = now;
      return "ring";
    }
    this.lastRing = -Infinity;
    if (alert.unanswered === 0) { this.lastTap = -Infinity; return undefined; }
    if (!more && now - this.lastTap < remindEveryMilliseconds) return undefined;
    this.lastTap = now;
    return "tap";
  }
}

export function badgedTitle(title: string, alert: Alert): string {
  return alert.total > 0 ? `(${alert.total > 99 ? "99+" : alert.total}) ${title}` : title;
}
