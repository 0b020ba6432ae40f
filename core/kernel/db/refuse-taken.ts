import { conflict } from '../errors.ts';
import { isUniqueViolation } from './database-errors.ts';

/** Runs a write; a value that somebody else has already becomes a 409 that names its field. */
export async function refuseTaken<T>(field: string, write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw conflict('taken', { field, errors: [{ path: field, code: 'taken', message: 'taken' }] });
  }
}
