// Small texts under names, for one inbox. A browser that denies an iframe all storage of its own (private windows, blocked
// third-party data) still has the site's: then the loader keeps them there, handed over the private line.

export interface TextStorage {
  get(key: string): string | undefined;
  set(key: string, value: string | undefined): void;
  keys(): string[];
}

/** The storage of this origin. */
export class LocalTextStorage implements TextStorage {
  constructor(private readonly storage: Storage, private readonly prefix: string) {}

  get(key: string): string | undefined {
    return this.storage.getItem(this.prefix + key) ?? undefined;
  }
  /** Throws when the storage is full: whoever keeps something that must not be lost has to know. */
  set(key: string, value: string | undefined): void {
    if (value === undefined) this.storage.removeItem(this.prefix + key);
    else this.storage.setItem(this.prefix + key, value);
  }
  keys(): string[] {
    return Object.keys(this.storage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => key.slice(this.prefix.length));
  }
}

/** Held in memory, and told to somebody who keeps it, if there is one. */
export class EntrustedTextStorage implements TextStorage {
  private readonly texts: Map<string, string>;

  constructor(known: Record<string, string> = {}, private readonly entrust: (key: string, value: string | undefined) => void = () => {}) {
    this.texts = new Map(Object.entries(known));
  }
  get(key: string): string | undefined {
    return this.texts.get(key);
  }
  set(key: string, value: string | undefined): void {
    if (this.texts.get(key) === value) return;
    if (value === undefined) this.texts.delete(key);
    else this.texts.set(key, value);
    this.entrust(key, value);
  }
  keys(): string[] {
    return [...this.texts.keys()];
  }

  /** What another tab entrusted already. */
  learn(key: string, value: string | undefined): void {
    if (value === undefined) this.texts.delete(key);
    else this.texts.set(key, value);
  }
}

/** The storage of this origin if it can be written; reading the property alone throws where it is denied. */
export function openLocalStorage(prefix: string): TextStorage | undefined {
  try {
    const storage = new LocalTextStorage(localStorage, prefix);
    storage.set("probe", "1");
    storage.set("probe", undefined);
    return storage;
  } catch {
    return undefined;
  }
}
