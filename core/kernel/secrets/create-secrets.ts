import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { readOrMakeKey } from './secret-key.ts';
import type { Secrets } from './secrets.ts';

const version = 'v1';
const ivBytes = 12;
const tagBytes = 16;

/** Secrets under SECRET_KEY, or under a key that is made once and kept in DATA_DIR/secret.key. */
export function createSecrets(deps: { config: Pick<Config, 'secretKey' | 'dataDir'> }): Secrets {
  const master = deps.config.secretKey ?? readOrMakeKey(deps.config.dataDir);
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', master, '', `plugboard:${purpose}`, 32));
  const key = derive('encrypt');
  const keyId = createHash('sha256').update(key).digest('hex').slice(0, 8);
  const signature = (purpose: string, text: string): string => createHmac('sha256', derive(`sign:${purpose}`)).update(text).digest('hex');

  return {
    encrypt(plain, aad) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(aad));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [version, keyId, iv.toString('base64url'), sealed.toString('base64url')].join('.');
    },
    decrypt(sealed, aad) {
      const [format, usedKey, iv = '', text = ''] = sealed.split('.');
      if (format !== version) throw new Error('a secret has an unknown format');
      if (usedKey !== keyId) throw new Error(`a secret was sealed with key ${usedKey ?? '?'}, which is not the key of this desk`);
      const bytes = Buffer.from(text, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url')).setAAD(Buffer.from(aad));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      return decipher.update(bytes.subarray(0, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    },
    sign: signature,
    verify(purpose, text, given) {
      const wanted = Buffer.from(signature(purpose, text));
      const got = Buffer.from(given);
      return wanted.length === got.length && timingSafeEqual(wanted, got);
    },
  };
}
