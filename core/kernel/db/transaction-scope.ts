import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';

/** The transaction that the running code belongs to. */
export interface TransactionScope {
  isOpen: boolean;
  /** The transaction itself, not a savepoint in it. */
  trx: Knex.Transaction | undefined;
  readonly beforeCommit: (() => Promise<void>)[];
  readonly afterCommit: (() => void)[];
}

const scopes = new AsyncLocalStorage<TransactionScope>();

export const newScope = (): TransactionScope => ({ isOpen: true, trx: undefined, beforeCommit: [], afterCommit: [] });

/** Runs the work of one transaction and what it left for its end; the scope ends with it, whatever else the work left running. */
export async function inScope<T>(scope: TransactionScope, trx: Knex.Transaction, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  scope.trx = trx;
  try {
    return await scopes.run(scope, async () => {
      // Awaited inside: a query builder starts only when it is awaited, and must start in this scope.
      const result = await work(trx);
      for (const last of scope.beforeCommit) await last();
      return result;
    });
  } finally {
    scope.isOpen = false;
  }
}

/** Runs `work` once the transaction around it has been committed, at once when there is none, never when it is rolled back. */
export function afterCommit(work: () => void): void {
  const scope = scopes.getStore();
  if (scope?.isOpen) scope.afterCommit.push(work);
  else work();
}

/** To be called by the database after the commit. */
export function tellCommitted(scope: TransactionScope): void {
  for (const work of scope.afterCommit) scopes.exit(work);
}

export const currentScope = (): TransactionScope | undefined => scopes.getStore();

/** Runs background work that a transaction happened to set off as if nobody had. */
export const outOfScope = <T>(work: () => T): T => scopes.exit(work);

/** True inside the work of a transaction that has not ended. */
export const isInTransaction = (): boolean => scopes.getStore()?.isOpen === true;

/** A second transaction inside a running one waits for itself: on SQLite at once, on MySQL when the pool is used up. */
export function refuseNesting(what: string): void {
  if (isInTransaction()) throw new Error(`${what} inside a transaction would wait for itself: use the given transaction`);
}
