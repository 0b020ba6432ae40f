const first = 500;
const longest = 4_000;
/** After this many tries in a row a long outage is assumed, and the server spared. */
const patience = 60;
const longestOfAll = 15_000;

/** Milliseconds before try `attempt` (0 is the first repeat): exponential, half of it random. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const limit = attempt > patience ? longestOfAll : longest;
  const full = Math.min(limit, first * 2 ** Math.min(attempt, 10));
  return full / 2 + random() * (full / 2);
}
