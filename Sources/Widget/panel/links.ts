export interface Piece {
  text: string;
  href?: string;
}

const address = /https?:\/\/[^\s<>"'，。；：！？、（）《》【】“”‘’]+/gi;

/** Cuts a text into plain pieces and web addresses. Only http and https; punctuation behind an address is not part of it. */
export function splitLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const found = trimEnd(match[0] ?? "");
    const href = webAddress(found);
    if (!href) continue;
    const start = match.index ?? 0;
    if (start > end) pieces.push({ text: text.slice(end, start) });
    pieces.push({ text: found, href });
    end = start + found.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function trimEnd(found: string): string {
  let text = found;
  for (;;) {
    const last = text[text.length - 1] ?? "";
    const closesNothing = last === ")" && count(text, ")") > count(text, "(");
    if (!closesNothing && !/[.,;:!?\]}*_~]/.test(last)) return text;
    text = text.slice(0, -1);
  }
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

function webAddress(text: string): string | undefined {
  try {
    const url = new URL(text);
    return (url.protocol === "http:" || url.protocol === "https:") && url.hostname ? url.href : undefined;
  } catch {
    return undefined;
  }
}
