import { afterAll, beforeAll, expect, test } from 'vitest';
import { spawnDesk } from '../../../tests/support/desk-process.ts';
import { signInTo } from '../../../tests/support/sign-in.ts';
import { secretsOf } from '../server/secrets.ts';
import { WidgetStore } from '../server/widget.store.ts';
import type { WidgetDto } from '../server/widget.schema.ts';
import { WidgetDesk } from './widgets-support.ts';

let desk: WidgetDesk;
beforeAll(async () => { desk = await WidgetDesk.start(); });
afterAll(() => desk.desk.stop());

const secretOf = async (id: string, graceHours = 0) => {
  const { status, body } = await desk.call<{ secret: string }>('POST', `/api/v1/widgets/${id}/secret`, { graceHours });
  expect(status).toBe(201);
  return body.secret;
};
const stateOf = async (id: string) => (await desk.call('GET', `/api/v1/widgets/${id}`)).body.secret;

/** As the plugin itself reads them. */
async function taken(id: string, now?: number): Promise<string[]> {
  const { db, secrets } = desk.desk.kernel;
  const query = async <T>(sql: string, bindings: readonly unknown[] = []) => await db.knex.raw(sql, bindings as never) as T[];
  const widget = await new WidgetStore({ dialect: 'sqlite', query, run: async () => 0, batch: async () => {}, table: (name) => `p_chat_${name}` }).byId(id);
  if (!widget) throw new Error('gone');
  const open = async (sealed: string, place: string) => secrets.decrypt(sealed, `plugin:chat:${place}`);
  return secretsOf({ secrets: { open, seal: async () => '' } }, widget, now);
}

test('a secret is long, told once, and the widget says only that it is there', async () => {
  const { id, secret } = await desk.make();
  expect(secret).toEqual({ isSet: false, createdAt: null, previousValidUntil: null });
  const made = await secretOf(id);
  expect(made).toMatch(/^pb_secret_[\w-]{43}$/);
  expect(await stateOf(id)).toEqual({ isSet: true, createdAt: expect.any(String), previousValidUntil: null });
  expect(await taken(id)).toEqual([made]);
});

test('the one before it holds through its grace time and no longer', async () => {
  const { id } = await desk.make();
  const first = await secretOf(id);
  const second = await secretOf(id, 2);
  expect(await taken(id)).toEqual([second, first]);
  const until = (await stateOf(id)).previousValidUntil ?? '';
  expect(Date.parse(until) - Date.now()).toBeGreaterThan(7_100_000);
  expect(await taken(id, Date.parse(until))).toEqual([second]);
  const third = await secretOf(id);
  expect(await taken(id)).toEqual([third]);
  expect((await stateOf(id)).previousValidUntil).toBeNull();
});

test('taken back, nothing is believed any more; of another widget nothing ever was', async () => {
  const { id } = await desk.make();
  await secretOf(id);
  await secretOf(id, 5);
  expect((await desk.call('DELETE', `/api/v1/widgets/${id}/secret`)).status).toBe(204);
  expect(await taken(id)).toEqual([]);
  expect(await stateOf(id)).toMatchObject({ isSet: false, previousValidUntil: null });
  const one = await desk.make();
  const other = await desk.make();
  await secretOf(one.id);
  await desk.desk.kernel.db.knex.raw('UPDATE p_chat_widgets SET secret_sealed = (SELECT secret_sealed FROM p_chat_widgets WHERE id = ?) WHERE id = ?', [one.id, other.id]);
  await expect(taken(other.id)).rejects.toThrow();
});

test('a repeat under one Idempotency-Key is not answered from what was kept', async () => {
  const { id } = await desk.make();
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const answers = [await desk.call<{ secret: string }>('POST', `/api/v1/widgets/${id}/secret`, {}, headers), await desk.call<{ secret: string }>('POST', `/api/v1/widgets/${id}/secret`, {}, headers)];
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(answers[0]?.body.secret).not.toBe(answers[1]?.body.secret);
});

test('no other answer, and no log, ever holds it', async () => {
  const other = await spawnDesk({ PLUGBOARD_PLUGINS: 'chat', LOG_LEVEL: 'trace' });
  try {
    const headers = await signInTo(other.url);
    const send = async (method: string, path: string, body?: unknown) => (await fetch(other.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })).text();
    const { id, slug } = (JSON.parse(await send('GET', '/api/v1/widgets')) as { data: WidgetDto[] }).data[0] as WidgetDto;
    const { secret } = JSON.parse(await send('POST', `/api/v1/widgets/${id}/secret`, { graceHours: 1 })) as { secret: string };
    const answers = await Promise.all([
      send('GET', '/api/v1/widgets'), send('GET', `/api/v1/widgets/${id}`), send('PATCH', `/api/v1/widgets/${id}`, { security: { requireExp: true } }),
      send('PATCH', `/api/v1/widgets/${id}`, { version: 999 }), send('POST', `/api/v1/widgets/${id}/preview`, {}), send('GET', `/api/v1/widgets/${id}/translations/en`),
      send('GET', `/api/sdk/config?widget=${slug}`), send('GET', `/widget/${slug}`), send('GET', '/api/v1/audit'), send('GET', '/api/v1/plugins/chat'),
    ]);
    expect([...answers, other.output()].join('\n')).not.toContain(secret.slice(10));
    expect(answers.join('\n')).not.toMatch(/sealed|v1\.[0-9a-f]{8}\./);
  } finally {
    await other.dispose();
  }
});
