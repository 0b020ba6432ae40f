import { expect } from 'vitest';

/** Waits until what is read is as expected. The time is the most that a busy machine may take, never a measure. */
export const soon = <T>(read: () => T) => expect.poll(read, { timeout: 20_000, interval: 50 });

/** The same where the desk was away: browsers try again with growing pauses. */
export const afterBreak = <T>(read: () => T) => expect.poll(read, { timeout: 45_000, interval: 100 });
