import { forget, keep, recall } from "./local";
import { MemoryStorage, type Entry, type OutboxStorage } from "./outbox";

// IndexedDB where the browser grants it; memory where it does not (private windows, full disks). Tabs share the
// database; two of them sending one entry is harmless because the server knows the cid. A page that is left takes its
// unfinished transactions with it, so a copy lies in localStorage, where writing is done at once, until the entry is stored.

const databaseName = "switchboard-console";
const storeName = "outbox";
const copyPrefix = "switchboard.outbox.";

export async function openOutboxStorage(): Promise<OutboxStorage> {
  try {
    return new DatabaseStorage(await openDatabase());
  } catch {
    return new MemoryStorage();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: "cid" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

class DatabaseStorage implements OutboxStorage {
  private readonly fallback = new MemoryStorage();

  constructor(private readonly database: IDBDatabase) {
    database.onversionchange = () => database.close();
  }

  async all(): Promise<Entry[]> {
    const stored = await this.run<Entry[]>("readonly", (store) => store.getAll()).catch(() => []);
    const found = new Map([...stored, ...(await this.fallback.all()), ...copies()].map((entry) => [entry.cid, entry]));
    return [...found.values()];
  }

  async put(entry: Entry): Promise<void> {
    keep(copyPrefix + entry.cid, [entry]);
    try {
      await this.run("readwrite", (store) => store.put(entry));
      forget(copyPrefix + entry.cid);
    } catch {
      await this.fallback.put(entry);
    }
  }

  async remove(cid: string): Promise<void> {
    forget(copyPrefix + cid);
    await this.fallback.remove(cid);
    await this.run("readwrite", (store) => store.delete(cid)).catch(() => undefined);
  }

  private run<Result>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<Result> {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(storeName, mode);
      const request = work(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request.result as Result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }
}

function copies(): Entry[] {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(copyPrefix));
    return keys.flatMap((key) => recall<Entry[]>(key, []));
  } catch {
    return [];
  }
}
