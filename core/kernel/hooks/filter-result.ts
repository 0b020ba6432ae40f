import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';

/** What no filter may change, whichever hook it is: a note stays a note, and a message stays where it belongs. */
const kept = ['kind', 'conversationId', 'channel'] as const;

type Checked<V> = { ok: true; value: V } | { ok: false; reason: string };

/** Takes a filter's answer if it fits the hook's schema and leaves alone what must stay. */
export function checkFiltered<V>(before: V, answer: unknown, schema: z.ZodType | undefined): Checked<V> {
  if (answer === undefined || answer === null) return { ok: false, reason: 'nothing' };
  const parsed = schema?.safeParse(answer);
  if (parsed && !parsed.success) return { ok: false, reason: parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join(', ') };
  const value = (parsed ? parsed.data : answer) as V;
  if (typeof value !== typeof before || Array.isArray(value) !== Array.isArray(before)) return { ok: false, reason: 'another type' };
  if (typeof before !== 'object' || before === null) return { ok: true, value };
  for (const key of kept) {
    if (!(key in before)) continue;
    if (!isDeepStrictEqual((before as Record<string, unknown>)[key], (value as Record<string, unknown>)[key])) return { ok: false, reason: `${key} may not change` };
  }
  return { ok: true, value };
}
