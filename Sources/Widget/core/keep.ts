/** What the panel remembers from page to page, one key each, so that tabs do not write over each other. */
export interface Keep {
  get(key: KeepKey): string | undefined;
  set(key: KeepKey, value: string | undefined): void;
}

/**
 * `tok` visitor token · `dev` this browser · `sub` who the site said it is · `known` a conversation has existed ·
 * `active` one is going on · `name`, `email` as typed · `draft` unsent text · `read` conversation → vseq read here
 */
export type KeepKey = (typeof keepKeys)[number];
export const keepKeys = ["tok", "dev", "sub", "known", "active", "name", "email", "draft", "read"] as const;

/** Remembers in memory always, in localStorage where it is allowed. */
export class BrowserKeep implements Keep {
  private readonly memory = new Map<string, string>();
  private readonly storage: Storage | undefined;

  constructor(private readonly prefix: string) {
    try {
      this.storage = localStorage;
    } catch {
      this.storage = undefined;
    }
  }

  get(key: KeepKey): string | undefined {
    try {
      const value = this.storage?.getItem(this.prefix + key);
      if (value !== null && value !== undefined) return value;
    } catch {
      // Blocked: memory has it.
    }
    return this.memory.get(key);
  }

  set(key: KeepKey, value: string | undefined): void {
    if (value === undefined) this.memory.delete(key);
    else this.memory.set(key, value);
    try {
      if (value === undefined) this.storage?.removeItem(this.prefix + key);
      else this.storage?.setItem(this.prefix + key, value);
    } catch {
      // Full or blocked: memory has it.
    }
  }

  /** Tells of a change by another tab. */
  watch(changed: (key: KeepKey, value: string | undefined) => void): void {
    addEventListener("storage", (event) => {
      const key = keepKeys.find((name) => event.key === this.prefix + name);
      if (!key) return;
      if (event.newValue === null) this.memory.delete(key);
      changed(key, event.newValue ?? undefined);
    });
  }
}

export class MemoryKeep implements Keep {
  private readonly memory = new Map<KeepKey, string>();
  get(key: KeepKey): string | undefined {
    return this.memory.get(key);
  }
  set(key: KeepKey, value: string | undefined): void {
    if (value === undefined) this.memory.delete(key);
    else this.memory.set(key, value);
  }
}
