import type { Language } from "./preferences";

// Times, durations and money as people read them, in their language and with their clock.

const locale = (language: Language) => (language === "zh" ? "zh-CN" : "en-GB");
const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const held = cache.get(key) ?? new Intl.DateTimeFormat(locale(language), options);
  cache.set(key, held);
  return held;
}

export function clockTime(ts: number, language: Language): string {
  return formatter(language, { hour: "2-digit", minute: "2-digit", hour12: false }).format(ts);
}

export function dayName(ts: number, now: number, language: Language): string {
  const days = Math.round((startOfDay(now) - startOfDay(ts)) / 86_400_000);
  if (days === 0 || days === 1) {
    const words = new Intl.RelativeTimeFormat(locale(language), { numeric: "auto" }).format(-days, "day");
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
  const year = new Date(ts).getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" as const };
  return formatter(language, { weekday: "short", day: "numeric", month: "long", ...year }).format(ts);
}

export function shortDate(ts: number, now: number, language: Language): string {
  if (startOfDay(ts) === startOfDay(now)) return clockTime(ts, language);
  const year = new Date(ts).getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" as const };
  return formatter(language, { day: "numeric", month: "short", ...year }).format(ts);
}

export function fullTime(ts: number, language: Language): string {
  return formatter(language, { dateStyle: "medium", timeStyle: "medium", hour12: false }).format(ts);
}

/** 0:07, 12:30, 1:02:03 */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** For a waiting clock in a row: 45s, 12m, 3h, 2d. */
export function wait(milliseconds: number, language: Language): string {
  const units = language === "zh" ? ["秒", "分", "时", "天"] : ["s", "m", "h", "d"];
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  if (seconds < 60) return `${seconds}${units[0]}`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}${units[1]}`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}${units[2]}`;
  return `${Math.floor(seconds / 86_400)}${units[3]}`;
}

export function money(minorUnits: number, currency = "CNY", language: Language): string {
  try {
    const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
    const digits = new Intl.NumberFormat(locale(language), style).resolvedOptions().maximumFractionDigits;
    const amount = minorUnits / 10 ** digits;
    // Round sums stand without their zeros; the others keep all of them.
    const shown = Number.isInteger(amount) ? 0 : digits;
    return new Intl.NumberFormat(locale(language), { ...style, minimumFractionDigits: shown }).format(amount);
  } catch {
    return `${(minorUnits / 100).toLocaleString(locale(language))} ${currency}`;
  }
}

/** One or two letters for a face: the last two of a Chinese name, initials of any other. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (!trimmed) return "";
  if (/^\p{Script=Han}/u.test(trimmed)) return [...trimmed].filter((one) => /\p{L}/u.test(one)).slice(-2).join("");
  const words = trimmed.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = [...(words[0] ?? "")][0] ?? "";
  const last = words.length > 1 ? [...words[words.length - 1]!][0] ?? "" : "";
  return (first + last).toUpperCase();
}

/** The same face has the same tint everywhere. */
export function tint(text: string, tints: number): number {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
  return sum % tints;
}

export function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url);
    return decodeURIComponent(pathname + search);
  } catch {
    return url;
  }
}

function startOfDay(ts: number): number {
  const date = new Date(ts);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
