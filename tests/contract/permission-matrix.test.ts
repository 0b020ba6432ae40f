import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActionContext } from '../../core/kernel/action-context.ts';
import { accessName } from '../../core/kernel/http/mount-routes.ts';
import type { Route } from '../../core/kernel/http/route.ts';
import { newId } from '../../core/kernel/ids.ts';
import { system } from '../../core/kernel/policy/actor.ts';
import { selectBrands } from '../../core/modules/brands/index.ts';
import { createContact, createContactSession } from '../../core/modules/contacts/index.ts';
import { startDesk, type TestDesk } from '../support/desk.ts';

/**
 * Every route × every kind of caller. `routes.matrix.json` is checked in, so that a route that becomes more open,
 * or a new one, is seen in review; UPDATE_MATRIX=1 writes it anew.
 */
const matrixFile = new URL('./routes.matrix.json', import.meta.url);
const callers = ['nobody', 'visitor', 'analyst', 'agent', 'ended', 'owner'] as const;
type Caller = (typeof callers)[number];

let desk: TestDesk;
const headers = {} as Record<Caller, Record<string, string>>;

async function api(path: string, method: string, as: Record<string, string>, body?: unknown): Promise<Response> {
  return fetch(`${desk.url}${path}`, { method, headers: as, redirect: 'manual', ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

async function makeOperator(roleKey: string, email: string): Promise<Record<string, string>> {
  const roles = await (await api('/api/v1/roles', 'GET', headers.owner)).json() as { data: { id: string; key: string | null }[] };
  const roleId = roles.data.find((role) => role.key === roleKey)?.id;
  const password = 'a long enough password';
  const made = await api('/api/v1/operators', 'POST', headers.owner, { name: roleKey, email, password, roleId });
  if (made.status !== 201) throw new Error(`operator ${roleKey}: ${made.status} ${await made.text()}`);
  return desk.signIn({ email, password });
}

beforeAll(async () => {
  desk = await startDesk({ env: { PLUGBOARD_PLUGINS: 'chat,ai' } });
  headers.nobody = { 'Content-Type': 'application/json' };
  headers.owner = await desk.signIn();
  headers.analyst = await makeOperator('analyst', 'analyst@desk.test');
  headers.agent = await makeOperator('agent', 'agent@desk.test');
  headers.ended = await makeOperator('agent', 'ended@desk.test');
  const people = await (await api('/api/v1/operators', 'GET', headers.owner)).json() as { data: { id: string; email: string }[] };
  const ended = people.data.find((operator) => operator.email === 'ended@desk.test');
  await api(`/api/v1/operators/${ended?.id}`, 'PATCH', headers.owner, { isActive: false });
  const ctx = createActionContext(desk.kernel, system);
  const [brand] = await selectBrands(ctx.db);
  if (!brand) throw new Error('the desk has no brand');
  const contact = await createContact(ctx, { brandId: brand.id, brandUid: brand.uid });
  const session = await createContactSession(ctx, contact);
  headers.visitor = { Authorization: `Bearer ${session.token}`, 'Content-Type': 'application/json' };
});
afterAll(() => desk.stop());

/** An address with ids that nobody has: what is asked here is who gets past the door. */
const addressOf = (route: Route): string => route.path.replace(/:locale/, 'en').replace(/:namespace/, 'common').replace(/:\w+/g, () => newId());

/** `open`: the caller got past authentication and permission, whatever came after. */
function verdict(status: number): string {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  return status < 500 ? 'open' : `broken (${status})`;
}

/** These change who is signed in or what is switched on: their door is asked with a body that says nothing. */
const isSkippedFor = (route: Route, caller: Caller): boolean => caller !== 'nobody' && route.path === '/api/v1/session' && route.method === 'delete';

describe('every route asks for permission', () => {
  it('answers each caller as the matrix says', async () => {
    const table: Record<string, Record<string, string>> = {};
    for (const route of desk.routes().toSorted((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`))) {
      const row: Record<string, string> = {};
      for (const caller of callers) {
        if (isSkippedFor(route, caller)) continue;
        const body = route.method === 'get' || route.method === 'delete' ? undefined : {};
        const response = await api(addressOf(route), route.method.toUpperCase(), headers[caller], body);
        row[caller] = verdict(response.status);
        await response.body?.cancel();
      }
      table[`${route.method.toUpperCase()} ${route.path}`] = { access: accessName(route), ...row };
    }
    if (process.env.UPDATE_MATRIX) await writeFile(matrixFile, `${JSON.stringify(table, null, 2)}\n`);
    expect(table).toEqual(JSON.parse(await readFile(matrixFile, 'utf8')));
    expect(Object.values(table).flatMap((row) => Object.values(row)).filter((value) => value.startsWith('broken'))).toEqual([]);
  });

  it('lets nobody in who is not known, but where a route says that it is public', () => {
    const open = desk.routes().filter((route) => !('policy' in route.access) && !('sdk' in route.access));
    expect(open.every((route) => 'public' in route.access && route.access.public.length > 10)).toBe(true);
  });
});
