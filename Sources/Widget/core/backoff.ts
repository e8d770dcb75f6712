const shortestMilliseconds = 500;
const longestMilliseconds = 30_000;

/**
 * The wait before reconnect number `attempt` (0, 1, 2 …): none before the first, then full jitter between half a second
 * and a ceiling that doubles from one second up to thirty. Full jitter spreads a crowd better than any fixed curve.
 */
export function backoffMilliseconds(attempt: number, random: () => number): number {
  if (attempt <= 0) return 0;
  const ceiling = Math.min(longestMilliseconds, 1000 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(shortestMilliseconds + random() * (ceiling - shortestMilliseconds));
}
