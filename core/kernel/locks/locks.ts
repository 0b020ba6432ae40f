/** Held by one process at a time: a row with owner, expiry and a fencing token that only goes up. */
export interface Locks {
  /** Runs `work` if the lock is free or becomes free within `waitMs`; answers undefined when it did not. The lease is renewed meanwhile; `signal` aborts when it was lost. */
  run<T>(name: string, work: (lease: { fence: number; signal: AbortSignal }) => Promise<T>, options?: { leaseMs?: number; waitMs?: number }): Promise<T | undefined>;
}
