import type { TextStorage } from "./textStorage";

/**
 * What the panel remembers from page to page, one text each, so that tabs do not write over each other:
 * `tok` visitor token · `dev` this browser · `sub` who the site said it is · `known` a conversation has existed ·
 * `active` one is going on · `name`, `email` as typed · `draft` unsent text · `read` conversation → vseq read here
 */
export const keepKeys = ["tok", "dev", "sub", "known", "active", "name", "email", "draft", "read"] as const;
export type KeepKey = (typeof keepKeys)[number];

export class Keep {
  private readonly unwritten = new Map<KeepKey, string>();

  /** `told` hears of each change made here. */
  constructor(
    private readonly storage: TextStorage,
    private readonly told: (key: KeepKey, value: string | undefined) => void = () => {},
  ) {}

  get(key: KeepKey): string | undefined {
    return this.unwritten.get(key) ?? this.storage.get(key);
  }

  set(key: KeepKey, value: string | undefined): void {
    if (this.get(key) === value) return;
    this.unwritten.delete(key);
    try {
      this.storage.set(key, value);
    } catch {
      // The storage is full: this page remembers, the next one will not.
      if (value !== undefined) this.unwritten.set(key, value);
    }
    this.told(key, value);
  }

  clear(): void {
    for (const key of keepKeys) this.set(key, undefined);
  }
}
