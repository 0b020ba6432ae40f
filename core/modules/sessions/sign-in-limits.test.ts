import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import { delayAfter, SignInLimits } from './sign-in-limits.ts';

const email = 'anna@desk.test';

describe('SignInLimits', () => {
  it('refuses the eleventh attempt for an account from one address and says when to come back', async () => {
    const limits = new SignInLimits();
    for (let attempt = 0; attempt < 10; attempt += 1) await limits.take(email, '192.0.2.1');
    const refused = await limits.take(email, '192.0.2.1').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect((refused as AppError).status).toBe(429);
    expect(Number((refused as AppError).headers['Retry-After'])).toBeGreaterThan(800);
  });

  it('counts attempts of the same moment', async () => {
    const limits = new SignInLimits();
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => limits.take(email, '192.0.2.1')));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(10);
  });

  it('lets the owner in from elsewhere, whatever strangers try', async () => {
    const limits = new SignInLimits();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await limits.take(email, '192.0.2.1');
      await limits.failed(email);
    }
    await expect(limits.take(email, '198.51.100.7')).resolves.toBeUndefined();
  });

  it('refuses an address that tries one account after the other', async () => {
    const limits = new SignInLimits();
    for (let attempt = 0; attempt < 100; attempt += 1) await limits.take(`p${attempt}@desk.test`, '2001:db8:1::1');
    await expect(limits.take('next@desk.test', '2001:db8:1:ffff::2')).rejects.toMatchObject({ status: 429 });
  });

  it('starts anew after the right password', async () => {
    const limits = new SignInLimits();
    for (let attempt = 0; attempt < 9; attempt += 1) await limits.take(email, '192.0.2.1');
    await limits.succeeded(email, '192.0.2.1');
    for (let attempt = 0; attempt < 10; attempt += 1) await limits.take(email, '192.0.2.1');
    await expect(limits.take(email, '192.0.2.1')).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('answers slower with each failure, up to four seconds', () => {
    expect([0, 9, 10, 11, 12, 14, 40].map(delayAfter)).toEqual([0, 0, 250, 500, 1_000, 4_000, 4_000]);
  });
});
