// Names for this browser, this tab, and each thing that is sent.

import { keep, recall } from "./local";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** 132 random bits, in the letters that a cid may have. */
export function makeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(22));
  return Array.from(bytes, (byte) => alphabet[byte & 63]).join("");
}

export function deviceId(): string {
  const held = recall("switchboard.device", "");
  if (held) return held;
  const made = makeId();
  keep("switchboard.device", made);
  return made;
}

export const tabId = makeId();
