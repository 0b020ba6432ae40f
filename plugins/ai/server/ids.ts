import { randomBytes } from 'node:crypto';
import { z } from '@plugboard/sdk';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Public id of a row: 130 random bits in lower-case base 32, like every id of the desk. */
export function newId(): string {
  let text = '';
  for (const byte of randomBytes(26)) text += alphabet[byte & 31];
  return text;
}

export const idSchema = z.string().regex(/^[a-z2-7]{26}$/, 'not an id');
export const byId = z.strictObject({ id: idSchema });
