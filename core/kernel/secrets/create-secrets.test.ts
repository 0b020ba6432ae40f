import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSecrets } from './create-secrets.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'pb-secrets-'));
const withKey = (secretKey?: string, dataDir = folder()) => createSecrets({ config: { secretKey, dataDir } });
const place = 'plugin:stripe:secretKey:global';

describe('createSecrets', () => {
  it('gives back what it sealed, never the same text twice', () => {
    const secrets = withKey('k'.repeat(40));
    const sealed = secrets.encrypt('sk_live_ü', place);
    expect(secrets.decrypt(sealed, place)).toBe('sk_live_ü');
    expect(secrets.encrypt('sk_live_ü', place)).not.toBe(sealed);
  });

  it('refuses a value that was moved to another place or altered', () => {
    const secrets = withKey('k'.repeat(40));
    const sealed = secrets.encrypt('value', place);
    expect(() => secrets.decrypt(sealed, 'plugin:stripe:other:global')).toThrow();
    const altered = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => secrets.decrypt(altered, place)).toThrow();
  });

  it('names the missing key when the desk has another one', () => {
    const sealed = withKey('a'.repeat(40)).encrypt('value', place);
    expect(() => withKey('b'.repeat(40)).decrypt(sealed, place)).toThrow(/not the key of this desk/);
  });

  it('makes a key once, for its owner alone', () => {
    const dataDir = folder();
    const sealed = withKey(undefined, dataDir).encrypt('value', place);
    expect(withKey(undefined, dataDir).decrypt(sealed, place)).toBe('value');
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
  });

  it('signs for one purpose only', () => {
    const secrets = withKey('k'.repeat(40));
    const signature = secrets.sign('webhook', 'text');
    expect(secrets.verify('webhook', 'text', signature)).toBe(true);
    expect(secrets.verify('upload', 'text', signature)).toBe(false);
    expect(secrets.verify('webhook', 'text', 'short')).toBe(false);
  });
});
