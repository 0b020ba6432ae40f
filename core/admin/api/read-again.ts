import type { QueryClient } from '@tanstack/vue-query';

/**
 * Something changed: what is shown of it is read again. A first reading that is under way may have missed the change, and
 * invalidating alone would let it stand.
 */
export async function readAgain(queries: QueryClient, queryKey: readonly unknown[]): Promise<void> {
  await queries.cancelQueries({ queryKey }, { silent: true });
  await queries.invalidateQueries({ queryKey });
}

/** An event was let into what is loaded. What is being read at this moment may come without it. */
export function readAgainIfReading(queries: QueryClient, queryKey: readonly unknown[]): void {
  if (queries.isFetching({ queryKey }) > 0) void readAgain(queries, queryKey);
}
