/** Time as the core sees it, so that tests can move it by hand. */
export interface Clock {
  now(): number;
  /** Runs `work` once after `milliseconds`; the answer cancels it. */
  after(milliseconds: number, work: () => void): Cancel;
}

export type Cancel = () => void;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => clearTimeout(timer);
  },
};
