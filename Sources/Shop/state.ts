// What the shop remembers: language, basket, who is signed in. A change redraws the page.

import { products } from "./catalogue";
import type { Product } from "./catalogue";
import type { Language } from "./words";

export interface Customer {
  id: string;
  name: string;
}

const listeners: (() => void)[] = [];
let basket = read<Record<string, number>>("basket") ?? {};
let customer = read<Customer>("customer");
let lang: Language = read<Language>("language") ?? (/^zh/i.test(navigator.language) ? "zh" : "en");

export const onChange = (listener: () => void): number => listeners.push(listener);
export const language = (): Language => lang;
export const signedIn = (): Customer | undefined => customer;
export const basketCount = (): number => Object.values(basket).reduce((sum, count) => sum + count, 0);
export const basketLines = (): { product: Product; count: number }[] =>
  products.flatMap((product) => (basket[product.id] ? [{ product, count: basket[product.id] ?? 0 }] : []));

export function setLanguage(next: Language): void {
  lang = next;
  write("language", lang);
  tell("setLocale", lang === "zh" ? "zh-CN" : "en");
  changed();
}

export function addToBasket(id: string, count: number): void {
  const total = (basket[id] ?? 0) + count;
  basket = { ...basket, [id]: Math.max(0, Math.min(99, total)) };
  write("basket", basket);
  changed();
}

export function setCustomer(next: Customer | undefined): void {
  customer = next;
  write("customer", next);
  changed();
}

export function changed(): void {
  for (const listener of listeners) listener();
}

/** Gives a command to the chat; before its script has come, into the queue that it will find. */
export function tell(command: string, ...given: unknown[]): void {
  const site = window as unknown as { switchboard?: { push(command: unknown[]): unknown } };
  site.switchboard ??= [];
  site.switchboard.push([command, ...given]);
}

function read<T>(key: string): T | undefined {
  try {
    return (JSON.parse(localStorage.getItem("shop." + key) ?? "null") as T | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem("shop." + key, JSON.stringify(value ?? null));
  } catch {
    // Not remembered, then.
  }
}
