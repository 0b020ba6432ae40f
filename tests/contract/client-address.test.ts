import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDesk, type TestDesk } from '../support/desk.ts';

let desk: TestDesk;
beforeAll(async () => { desk = await startDesk({ env: { TRUST_PROXY: '1' } }); });
afterAll(() => desk.stop());

const attempt = async (forwardedFor: string): Promise<number> => (await fetch(`${desk.url}/api/v1/session`, {
  method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': forwardedFor }, body: JSON.stringify({ email: 'owner@desk.test', password: 'wrong' }),
})).status;

it('counts a caller by the address that the proxy saw, whatever the caller claims before it', async () => {
  const statuses: number[] = [];
  for (let n = 1; n <= 11; n += 1) statuses.push(await attempt(`10.0.0.${n}, 203.0.113.7`));
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
  expect(statuses[10]).toBe(429);
  expect(await attempt('203.0.113.8')).toBe(401);
});
