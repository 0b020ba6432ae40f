import { createHash, randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(value << (5 - bits)) & 31] : text;
}

/** Public id: 128 random bits, 26 characters of lower-case base 32 (RFC 4648 without padding). */
export const newId = (): string => base32(randomBytes(16));

/** Bearer secret with a readable prefix and 256 random bits. */
export const newToken = (prefix: string): string => `${prefix}_${base32(randomBytes(32))}`;

/** How a bearer secret is kept: SHA-256 in hex. It has enough entropy to need no slow hash. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
