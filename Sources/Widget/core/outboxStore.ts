// Where the outbox lies: IndexedDB, else localStorage (the site's, if ours is denied), else memory. Each holds the same
// items by cid, for one inbox.

import type { Form, Id } from "./protocol";
import type { TextStorage } from "./textStorage";

export interface TextItem {
  kind: "text";
  cid: Id;
  at: number;
  text: string;
  /** Where it goes; without it the item opens a conversation under the cid `open`. */
  conv?: Id;
  open?: Id;
  form?: Form;
}

export interface ActItem {
  kind: "act";
  cid: Id;
  at: number;
  conv: Id;
  op: "close" | "rate";
  args?: { score: number; comment?: string };
}

export type OutboxItem = TextItem | ActItem;

export interface OutboxStore {
  all(): Promise<OutboxItem[]>;
  put(item: OutboxItem): Promise<void>;
  remove(cid: Id): Promise<void>;
  clear(): Promise<void>;
}

export class MemoryOutboxStore implements OutboxStore {
  private readonly items = new Map<Id, OutboxItem>();

  async all(): Promise<OutboxItem[]> {
    return [...this.items.values()];
  }
  async put(item: OutboxItem): Promise<void> {
    this.items.set(item.cid, item);
  }
  async remove(cid: Id): Promise<void> {
    this.items.delete(cid);
  }
  async clear(): Promise<void> {
    this.items.clear();
  }
}

/** One text for each item, so that two tabs never write over each other's list. */
export class TextOutboxStore implements OutboxStore {
  constructor(private readonly storage: TextStorage) {}

  async all(): Promise<OutboxItem[]> {
    const items: OutboxItem[] = [];
    for (const key of this.keys()) {
      try {
        items.push(JSON.parse(this.storage.get(key) ?? "") as OutboxItem);
      } catch {
        this.storage.set(key, undefined);
      }
    }
    return items;
  }
  async put(item: OutboxItem): Promise<void> {
    this.storage.set("outbox." + item.cid, JSON.stringify(item));
  }
  async remove(cid: Id): Promise<void> {
    this.storage.set("outbox." + cid, undefined);
  }
  async clear(): Promise<void> {
    for (const key of this.keys()) this.storage.set(key, undefined);
  }

  private keys(): string[] {
    return this.storage.keys().filter((key) => key.startsWith("outbox."));
  }
}

/** An item is stored once its transaction is complete, not when the request succeeded. */
export class IndexedOutboxStore implements OutboxStore {
  private constructor(private readonly database: IDBDatabase, private readonly inbox: string) {}

  static open(factory: IDBFactory, inbox: string): Promise<IndexedOutboxStore> {
    return new Promise((resolve, reject) => {
      const request = factory.open("switchboard", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("outbox");
      request.onsuccess = () => resolve(new IndexedOutboxStore(request.result, inbox));
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("blocked"));
    });
  }

  all(): Promise<OutboxItem[]> {
    return this.transact("readonly", (store) => store.getAll(this.range()) as IDBRequest<OutboxItem[]>);
  }
  async put(item: OutboxItem): Promise<void> {
    await this.transact("readwrite", (store) => store.put(item, [this.inbox, item.cid]));
  }
  async remove(cid: Id): Promise<void> {
    await this.transact("readwrite", (store) => store.delete([this.inbox, cid]));
  }
  async clear(): Promise<void> {
    await this.transact("readwrite", (store) => store.delete(this.range()));
  }

  private range(): IDBKeyRange {
    // In the order of IndexedDB keys an array is greater than any text.
    return IDBKeyRange.bound([this.inbox], [this.inbox, []]);
  }

  private transact<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction("outbox", mode);
      const request = work(transaction.objectStore("outbox"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error);
    });
  }
}

/**
 * IndexedDB answers late, and a page that is left takes its unfinished transactions with it. Until the item is stored there
 * for good, a copy lies where writing is done at once: the visitor may reload with the key that sends still warm.
 */
export class PromptOutboxStore implements OutboxStore {
  constructor(private readonly prompt: OutboxStore, private readonly lasting: OutboxStore) {}

  all(): Promise<OutboxItem[]> {
    return this.lasting.all();
  }
  async put(item: OutboxItem): Promise<void> {
    const copied = this.prompt.put(item).catch(() => {});
    await this.lasting.put(item);
    await copied;
    await this.prompt.remove(item.cid);
  }
  remove(cid: Id): Promise<void> {
    return this.lasting.remove(cid);
  }
  clear(): Promise<void> {
    return this.lasting.clear();
  }
}

/** Writes to the best store that works, and steps down when one fails: a full disk must not stop a message. */
export class SteppingOutboxStore implements OutboxStore {
  constructor(private readonly stores: OutboxStore[]) {}

  async all(): Promise<OutboxItem[]> {
    const found = new Map<Id, OutboxItem>();
    for (const store of this.stores) {
      for (const item of await store.all().catch(() => [])) found.set(item.cid, item);
    }
    return [...found.values()];
  }
  async put(item: OutboxItem): Promise<void> {
    for (const store of this.stores) {
      try {
        return await store.put(item);
      } catch {
        continue;
      }
    }
  }
  async remove(cid: Id): Promise<void> {
    await Promise.all(this.stores.map((store) => store.remove(cid).catch(() => {})));
  }
  async clear(): Promise<void> {
    await Promise.all(this.stores.map((store) => store.clear().catch(() => {})));
  }
}

/** Opens what this browser offers. */
export async function openOutboxStore(inbox: string, texts: TextStorage): Promise<OutboxStore> {
  const prompt = new TextOutboxStore(texts);
  const stores: OutboxStore[] = [prompt, new MemoryOutboxStore()];
  try {
    stores.unshift(new PromptOutboxStore(prompt, await IndexedOutboxStore.open(indexedDB, inbox)));
  } catch {
    // Not offered here.
  }
  return new SteppingOutboxStore(stores);
}
