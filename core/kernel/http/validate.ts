import type { z } from 'zod';
import { AppError, tooLarge } from '../errors.ts';

/** Parsed value, or 400 `invalid` with one entry per field; what is larger than a limit is 413 with the limit's name. What was sent is never echoed. */
export function validate<S extends z.ZodType>(schema: S, value: unknown, place: 'params' | 'query' | 'body'): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // A malformed id in a path is an object that does not exist.
  if (place === 'params') throw new AppError(404, 'not_found', { what: 'resource' });
  const over = result.error.issues.find((issue) => issue.code === 'custom' && typeof issue.params?.limit === 'string');
  if (over?.code === 'custom') throw tooLarge(String(over.params?.limit), Number(over.params?.max));
  throw new AppError(400, 'invalid', {
    errors: result.error.issues.slice(0, 50).map((issue) => ({
      path: issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]].join('.') : issue.path.join('.'),
      code: issue.code === 'unrecognized_keys' ? 'unknown_key' : issue.code === 'custom' ? issue.message : issue.code,
      message: issue.message,
    })),
  });
}
