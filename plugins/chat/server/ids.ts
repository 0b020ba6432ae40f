import { randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

function randomText(length: number): string {
  let text = '';
  for (const byte of randomBytes(length)) text += alphabet[byte & 31];
  return text;
}

/** Public id of a widget: 130 random bits in lower-case base 32, like every id of the desk. */
export const newWidgetId = (): string => randomText(26);

/** Publishable key: it names a widget and is no secret. */
export const newPublicKey = (): string => `pb_live_${randomText(32)}`;

/** Id of a row of the plugin's own that nobody gets to see. */
export const newId = newWidgetId;
