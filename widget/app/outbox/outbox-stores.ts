import type { TextStorage } from '../safe-storage.ts';
import type { OutboxItem, OutboxStore } from './outbox-item.ts';

const tableName = 'messages';

const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error ?? new Error('indexedDB'));
});

const committed = (transaction: IDBTransaction) => new Promise<void>((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('indexedDB'));
});

class DatabaseStore implements OutboxStore {
  readonly #db: IDBDatabase;
  constructor(db: IDBDatabase) {
    this.#db = db;
  }
  all(): Promise<OutboxItem[]> {
    return done<OutboxItem[]>(this.#db.transaction(tableName).objectStore(tableName).getAll());
  }
  put(items: readonly OutboxItem[]): Promise<void> {
    return this.#write((table) => items.forEach((item) => table.put(item)));
  }
  remove(cid: string): Promise<void> {
    return this.#write((table) => table.delete(cid));
  }
  clear(): Promise<void> {
    return this.#write((table) => table.clear());
  }
  #write(change: (table: IDBObjectStore) => void): Promise<void> {
    const transaction = this.#db.transaction(tableName, 'readwrite', { durability: 'strict' });
    change(transaction.objectStore(tableName));
    return committed(transaction);
  }
}

const place = 'outbox:';

/** Each item under a key of its own: tabs that write at the same time don't overwrite each other. */
class TextStore implements OutboxStore {
  readonly #storage: TextStorage;
  constructor(storage: TextStorage) {
    this.#storage = storage;
  }
  async all(): Promise<OutboxItem[]> {
    return this.#storage.keys(place).flatMap((key) => JSON.parse(this.#storage.get(key) ?? '[]') as OutboxItem | []);
  }
  async put(items: readonly OutboxItem[]): Promise<void> {
    for (const item of items) this.#storage.set(place + item.cid, JSON.stringify(item));
  }
  async remove(cid: string): Promise<void> {
    this.#storage.remove(place + cid);
  }
  async clear(): Promise<void> {
    for (const key of this.#storage.keys(place)) this.#storage.remove(key);
  }
}

/** Over localStorage, or over memory where the storage has nothing better. */
export const createTextStore = (storage: TextStorage): OutboxStore => new TextStore(storage);

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(tableName, { keyPath: 'cid' });
  return done(request);
}

/** Some browsers never answer where they should refuse. */
const patience = 2_000;
const never = () => new Promise<never>((_resolve, reject) => { setTimeout(() => reject(new Error('indexedDB')), patience); });

/** IndexedDB where there is one, else the fallback. */
export async function openOutboxStore(name: string, fallback: TextStorage): Promise<OutboxStore> {
  try {
    const db = await Promise.race([openDatabase(name), never()]);
    db.onversionchange = () => db.close();
    return new DatabaseStore(db);
  } catch {
    return createTextStore(fallback);
  }
}
