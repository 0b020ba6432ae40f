import { firstOperator } from './desk-process.ts';

/** Headers of a signed-in operator: cookie, own origin, JSON. */
export async function signInTo(url: string, credentials: { email: string; password: string } = firstOperator): Promise<Record<string, string>> {
  const response = await fetch(`${url}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(credentials) });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  return { Cookie: cookie, Origin: url, 'Content-Type': 'application/json' };
}
