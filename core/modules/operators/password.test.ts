import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

describe('passwords', () => {
  it('are kept as argon2id and checked', async () => {
    const hash = await hashPassword('correct horse battery');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(hash, 'correct horse battery')).toBe(true);
    expect(await verifyPassword(hash, 'correct horse batterY')).toBe(false);
  });

  it('are never right where there is none, even the one that is compared with instead', async () => {
    expect(await verifyPassword(null, 'nobody has this password')).toBe(false);
    expect(await verifyPassword(undefined, 'nobody has this password')).toBe(false);
  });
});
