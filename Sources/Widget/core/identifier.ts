const letters = "0123456789abcdefghijklmnopqrstuvwxyz";

/**
 * Makes an id of 29 characters of `[a-z0-9]`: nine of time, so that ids sort by age, and twenty of chance (103 bits).
 */
export function makeIdentifier(now: number): string {
  const chance = crypto.getRandomValues(new Uint8Array(20));
  let id = Math.floor(now).toString(36).padStart(9, "0");
  for (const byte of chance) id += letters[byte % 36];
  return id;
}
