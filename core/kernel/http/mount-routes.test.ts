import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startDesk, type TestDesk } from '../../../tests/support/desk.ts';
import { limits } from '../../shared/limits.ts';

/** What every route of the desk has, shown on a few. */
describe('routes', () => {
  let desk: TestDesk;
  let headers: Record<string, string>;
  beforeAll(async () => {
    desk = await startDesk();
    headers = await desk.signIn();
  });
  afterAll(() => desk.stop());

  const post = (path: string, body: object, more: Record<string, string> = {}) => fetch(`${desk.url}/api/v1${path}`, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
  const brands = async () => ((await (await fetch(`${desk.url}/api/v1/brands`, { headers })).json()) as { data: { slug: string }[] }).data.map(({ slug }) => slug);

  it('run a POST once under its Idempotency-Key', async () => {
    const key = { 'Idempotency-Key': crypto.randomUUID() };
    const first = await post('/brands', { name: 'Once', slug: 'once' }, key);
    expect(first.status).toBe(201);
    const again = await post('/brands', { name: 'Once', slug: 'once' }, key);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(await again.json()).toEqual(await first.json());
    expect((await post('/brands', { name: 'Other', slug: 'other' }, key)).status).toBeGreaterThanOrEqual(400);
    expect((await brands()).filter((slug) => slug === 'once' || slug === 'other')).toEqual(['once']);
  });

  /** A body of several kinds is as strict as each of them. */
  const kindsOf = (schema: z.ZodType): readonly z.ZodType[] => (schema instanceof z.ZodDiscriminatedUnion ? schema.options as z.ZodType[] : [schema]);

  it('take no key that nobody asked for', async () => {
    const refused = await post('/brands', { name: 'Sly', slug: 'sly', isOwner: true });
    expect([refused.status, await refused.json()]).toEqual([400, expect.objectContaining({ code: 'invalid' })]);
    expect(await brands()).not.toContain('sly');
    const open = desk.routes().flatMap(({ method, path, body, query, params }) => Object.entries({ body, query, params })
      .filter(([, schema]) => schema && !kindsOf(schema).every((kind) => JSON.stringify(kind.safeParse({ canary: 1 }).error?.issues ?? []).includes('unrecognized_keys')))
      .map(([part]) => `${method} ${path} ${part}`));
    expect(open).toEqual([]);
  });

  it('stop a file while it streams in once it is too large, and keep nothing of it', async () => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(limits.attachmentBytes + 1)]), 'big.bin');
    const { 'Content-Type': _, ...rest } = headers;
    const answer = await fetch(`${desk.url}/api/v1/files`, { method: 'POST', headers: rest, body: form });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ limit: 'attachment' });
    expect(await readdir(join(desk.dataDir, 'uploads'))).toEqual([]);
  });

  it('let a caller write so often a minute, and say when to come back', async () => {
    const tries = await Promise.all(Array.from({ length: 320 }, () => fetch(`${desk.url}/api/v1/departments/${'a'.repeat(26)}`, { method: 'DELETE', headers })));
    expect(tries.filter(({ status }) => status === 404)).toHaveLength(300);
    const [refused] = tries.filter(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch(`${desk.url}/api/v1/departments`, { headers })).status).toBe(200);
  });
});
