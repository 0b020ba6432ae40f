import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../tests/support/databases.ts';
import { Operator } from '../../../tests/support/operator.ts';
import { forEachDesk, storeContact, type Caller, type PeopleDesk } from '../../../tests/support/people.ts';
import { createActionContext } from '../../kernel/action-context.ts';
import { newId } from '../../kernel/ids.ts';
import { system } from '../../kernel/policy/actor.ts';
import type { BrandDto } from '@plugboard/sdk';
import { knowledgeLimits, type SourceDto } from '../../shared/knowledge.ts';
import { countPassages } from '../retrieval/index.ts';
import { dropLostConversations } from './conversations/drop-lost-conversations.ts';
import { guidanceOf } from './index.ts';
import { planDueRuns, removeLostSources } from './plan-due-runs.ts';
import { runJobs } from './run-plan.ts';
import { runSource } from './run-source.ts';

forEachDesk('sources of the knowledge base', (open) => {
  let people: PeopleDesk;
  let owner: Caller;
  let brand: BrandDto;
  let other: BrandDto;
  let limited: Caller;
  const knex = () => people.desk.kernel.db.knex;
  const asSystem = () => createActionContext(people.desk.kernel, system);
  const text = (over: object = {}) => ({ kind: 'text', name: 'Notes', settings: { text: 'The frobnicator is blue.' }, ...over });
  const read = async (id: string): Promise<SourceDto> => (await owner.get(`/knowledge-sources/${id}`)).body as SourceDto;
  const settled = async (id: string): Promise<SourceDto> => {
    await eventually('the source is read', async () => ['ready', 'error'].includes((await read(id)).state));
    return read(id);
  };
  const make = async (body: object): Promise<SourceDto> => {
    const { status, body: made } = await owner.post('/knowledge-sources', body);
    expect([status, made]).toEqual([201, expect.anything()]);
    return settled((made as SourceDto).id);
  };
  const upload = async (name: string, content: string | Uint8Array<ArrayBuffer>, query = '', caller = owner) => {
    const form = new FormData();
    form.set('file', new Blob([content]), name);
    const { Cookie = '', Origin = '' } = caller.headers;
    const response = await fetch(`${caller.url}/api/v1/knowledge-sources/files${query}`, { method: 'POST', headers: { Cookie, Origin }, body: form });
    return { status: response.status, body: await response.json() as SourceDto & { code: string } };
  };
  const find = async (query: string, over: object = {}, caller = owner): Promise<string[]> => {
    const { status, body } = await caller.post('/knowledge/search', { query, ...over });
    expect([status, body]).toEqual([200, expect.anything()]);
    return (body.passages as { text: string; audience: string }[]).map((passage) => `${passage.audience}: ${passage.text}`);
  };

  beforeAll(async () => {
    people = open();
    owner = people.owner;
    [brand] = (await owner.get('/brands')).body.data;
    other = (await owner.post('/brands', { name: 'Other', slug: 'other-brand' })).body;
    limited = (await people.person('team-lead', { brandIds: [other.id] })).caller;
  });

  it('are added, found, changed, tried, and removed', async () => {
    const made = await make(text({ brandId: brand.id, audience: 'internal' }));
    expect(made).toMatchObject({ kind: 'text', state: 'ready', error: null, brandId: brand.id, audience: 'internal', isEnabled: true, documentCount: 1, passageCount: 1, progress: { done: 1, total: 1, failed: 0 }, nextRunAt: null, version: 0 });
    const path = `/knowledge-sources/${made.id}`;
    expect(await find('frobnicator', { audience: 'internal' })).toEqual(['internal: The frobnicator is blue.']);
    expect(await find('frobnicator')).toEqual([]);
    expect(await find('frobnicator', { audience: 'internal', brandId: other.id })).toEqual([]);
    expect((await owner.patch(path, { version: 0, audience: 'public' })).body).toMatchObject({ version: 1, audience: 'public', passageCount: 0, state: 'pending' });
    await settled(made.id);
    expect(await find('frobnicator')).toEqual(['public: The frobnicator is blue.']);
    expect((await owner.patch(path, { version: 0, name: 'Late' })).body).toMatchObject({ code: 'stale', source: { version: 1, name: 'Notes' } });
    expect((await owner.patch(path, { settings: { text: 'The frobnicator is green.' } })).status).toBe(200);
    await settled(made.id);
    expect(await find('frobnicator')).toEqual(['public: The frobnicator is green.']);
    await owner.patch(path, { brandId: other.id });
    await settled(made.id);
    expect([await find('frobnicator', { brandId: brand.id }), await find('frobnicator', { brandId: other.id })]).toEqual([[], ['public: The frobnicator is green.']]);
    expect((await owner.patch(path, {})).body).toMatchObject({ version: 3 });
    expect((await owner.delete(path)).status).toBe(204);
    expect([(await owner.get(path)).status, (await owner.delete(path)).status, (await owner.patch(path, { name: 'x' })).status]).toEqual([404, 404, 404]);
    expect(await countPassages(knex(), { sourceId: made.id })).toBe(0);
    const { data } = (await owner.get('/audit?limit=20')).body as { data: { action: string; object: { id: string } | null }[] };
    expect(data.filter((entry) => entry.object?.id === made.id).map(({ action }) => action)).toEqual(['knowledge-source.removed', ...Array<string>(3).fill('knowledge-source.changed'), 'knowledge-source.created']);
  });

  it('are refused with mistakes', async () => {
    const codes = async (body: object, method = 'POST', path = '') => (await owner.send(method, `/knowledge-sources${path}`, body)).body.errors?.map(({ path: at, code }: { path: string; code: string }) => `${at} ${code}`) as string[];
    expect(await codes(text({ state: 'ready' }))).toEqual(['state unknown_key']);
    expect(await codes(text({ settings: { text: 'x', run: 1 } }))).toEqual(['settings.run unknown_key']);
    expect(await codes(text({ kind: 'file' }))).toHaveLength(1);
    expect(await codes(text({ brandId: newId() }))).toEqual(['brandId unknown_brand']);
    expect(await codes({ kind: 'website', name: 'x', settings: { url: 'file:///etc/passwd' } })).toHaveLength(1);
    expect(await codes({ kind: 'website', name: 'x', settings: { url: 'https://x.test', maxPages: 1_000_000 } })).toHaveLength(1);
    expect(await codes({ kind: 'conversations', name: 'x', settings: { departmentIds: [newId()] } })).toEqual(['settings.departmentIds.0 unknown_department']);
    const { id } = await make(text());
    expect(await codes({ settings: { url: 'https://x.test' } }, 'PATCH', `/${id}`)).toEqual(['url unknown_key']);
    expect(await codes({ kind: 'website' }, 'PATCH', `/${id}`)).toEqual(['kind unknown_key']);
    expect((await owner.get('/knowledge-sources?cursor=bm90LW91cnM')).status).toBe(400);
    expect((await owner.get('/knowledge-sources/..%2Fx')).status).toBe(404);
  });

  it('are for people who may see and write them, and of their brands', async () => {
    const mine = await make(text({ name: 'Mine', brandId: brand.id }));
    const theirs = await make(text({ name: 'Theirs', brandId: other.id, audience: 'internal', settings: { text: 'Wibbling costs nothing.' } }));
    const everybody = await make(text({ name: 'Everybody' }));
    expect((await limited.get('/knowledge-sources')).body.data.map(({ id }: SourceDto) => id)).toEqual([theirs.id]);
    for (const { id } of [mine, everybody]) {
      const at = `/knowledge-sources/${id}`;
      const answers = await Promise.all([limited.get(at), limited.patch(at, { name: 'x' }), limited.delete(at), limited.post(`${at}/runs`), limited.delete(`${at}/runs`), limited.get(`${at}/documents`), limited.delete(`${at}/documents/${newId()}`)]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 404]);
    }
    expect((await limited.patch(`/knowledge-sources/${theirs.id}`, { brandId: brand.id })).body.errors).toMatchObject([{ path: 'brandId', code: 'unknown_brand' }]);
    expect((await limited.patch(`/knowledge-sources/${theirs.id}`, { brandId: null })).status).toBe(403);
    expect((await limited.post('/knowledge-sources', text())).status).toBe(403);
    expect((await limited.post('/knowledge-sources', text({ brandId: brand.id }))).status).toBe(400);
    expect((await limited.get(`/knowledge-sources?brandId=${brand.id}`)).status).toBe(400);
    expect((await limited.post('/knowledge/search', { query: 'x', brandId: brand.id })).status).toBe(400);
    expect(await find('wibbling', { audience: 'internal' }, limited)).toEqual(['internal: Wibbling costs nothing.']);
    const agent = (await people.person('agent')).caller;
    expect([(await agent.get(`/knowledge-sources/${mine.id}`)).status, (await agent.patch(`/knowledge-sources/${mine.id}`, { name: 'x' })).status, (await agent.post('/knowledge-sources', text())).status, (await upload('a.txt', 'x', '', agent)).status]).toEqual([200, 403, 403, 403]);
    const editor = (await people.person('knowledge-editor')).caller;
    expect((await editor.post('/knowledge-sources', { kind: 'conversations', name: 'Learned', settings: {} })).status).toBe(403);
    expect((await people.nobody.get('/knowledge-sources')).status).toBe(401);
    for (const { id } of [mine, theirs, everybody]) await owner.delete(`/knowledge-sources/${id}`);
  });

  it('come in pages', async () => {
    const made = [];
    for (const name of ['1', '2', '3']) made.push((await make(text({ name }))).id);
    const first = (await owner.get('/knowledge-sources?limit=2&kind=text')).body as { data: SourceDto[]; nextCursor: string };
    const second = (await owner.get(`/knowledge-sources?limit=2&kind=text&cursor=${first.nextCursor}`)).body as { data: SourceDto[] };
    expect([...first.data, ...second.data].map(({ id }) => id).slice(0, 3)).toEqual(made.toReversed());
  });

  it('are files by their content, kept for the next reading and gone with the source', async () => {
    const { status, body } = await upload('prices.csv', 'Plan;Price\nGlimmerpack;40 EUR', `?brandId=${brand.id}&audience=signed-in`);
    expect([status, body]).toMatchObject([201, { kind: 'file', name: 'prices.csv', brandId: brand.id, settings: { fileName: 'prices.csv', type: 'text/csv', size: 29 } }]);
    expect(await settled(body.id)).toMatchObject({ state: 'ready', documentCount: 1 });
    expect(await find('glimmerpack', { audience: 'signed-in' })).toEqual(['signed-in: - Plan: Glimmerpack\n- Price: 40 EUR']);
    expect((await owner.post(`/knowledge-sources/${body.id}/runs`)).status).toBe(202);
    expect(await settled(body.id)).toMatchObject({ state: 'ready', documentCount: 1, passageCount: 1 });
    expect((await owner.patch(`/knowledge-sources/${body.id}`, { settings: { type: 'text/html' } })).status).toBe(400);
    const { file_key: key } = await knex()('knowledge_sources').where({ uid: body.id }).first('file_key') as { file_key: string };
    const file = join(people.desk.dataDir, 'files', key.slice(0, 2), key.slice(2, 4), key);
    expect(existsSync(file)).toBe(true);
    expect((await owner.delete(`/knowledge-sources/${body.id}`)).status).toBe(204);
    await eventually('the file is gone', () => !existsSync(file));
    expect(await upload('picture.pdf', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]))).toMatchObject({ status: 415, body: { code: 'file_not_readable' } });
    expect(await upload('a.txt', '')).toMatchObject({ status: 400, body: { code: 'file_empty' } });
    expect(await upload('big.txt', 'x'.repeat(knowledgeLimits.file + 1))).toMatchObject({ status: 413 });
    expect(await upload('a.txt', 'x', '?role=owner')).toMatchObject({ status: 400 });
    expect(await settled((await upload('broken.pdf', '%PDF-1.7 not really')).body.id)).toMatchObject({ state: 'error', error: { key: 'unreadable', values: {} }, documentCount: 0 });
  });

  it('are told when they get on', async () => {
    const operator = await Operator.signIn(people.desk.url);
    const heard = new Set<string>();
    operator.socket.on('knowledge:changed', ({ sourceId }) => heard.add(sourceId));
    const { id } = await make(text({ brandId: brand.id }));
    await eventually('the screen hears of it', () => heard.has(id));
    operator.leave();
  });

  it('go on after a process was lost, and are given up when they end it again and again', async () => {
    const kernel = people.desk.kernel;
    const { id } = await make(text());
    const lost = async (over: object) => {
      await knex()('knowledge_sources').where({ uid: id }).update({ state: 'processing', run: 50, fence: 1, ...over });
      await planDueRuns(asSystem());
      return settled(id);
    };
    expect(await lost({ tries: 1 })).toMatchObject({ state: 'ready', error: null });
    expect(await lost({ tries: 5, run: 51 })).toMatchObject({ state: 'error', error: { key: 'crashed' } });
    // A job of an older reading finds that nobody waits for it.
    const row = await knex()('knowledge_sources').where({ uid: id }).first() as { id: number; updated_at: number };
    await runSource(kernel, { id: '1', name: runJobs.short, data: { id: row.id, run: 4, turn: 0 }, attempt: 1, signal: new AbortController().signal });
    expect(await knex()('knowledge_sources').where({ uid: id }).first()).toEqual(row);
  });

  it('go with their brand', async () => {
    const gone = (await owner.post('/brands', { name: 'Gone', slug: 'gone-brand' })).body as BrandDto;
    const { id } = await make(text({ brandId: gone.id }));
    expect((await owner.delete(`/brands/${gone.id}`)).status).toBe(204);
    await removeLostSources(asSystem());
    expect([(await owner.get(`/knowledge-sources/${id}`)).status, await countPassages(knex(), { sourceId: id })]).toEqual([404, 0]);
  });

  it('are guidance, told in the admin\'s order and within bounds', async () => {
    const guide = async (name: string, over: object) => make({ kind: 'guidance', name, settings: { text: `${name} text` }, ...over });
    const [first, second] = [await guide('First', {}), await guide('Second', { brandId: brand.id })];
    await guide('Elsewhere', { brandId: other.id });
    await guide('Off', { isEnabled: false });
    const told = async () => (await guidanceOf(asSystem(), (await knex()('brands').where({ uid: brand.id }).first('id') as { id: number }).id)).map(({ title, text: words }) => [title, words.length]);
    expect(first).toMatchObject({ state: 'ready', passageCount: 0 });
    expect(await told()).toEqual([['First', 10], ['Second', 11]]);
    await owner.patch(`/knowledge-sources/${first.id}`, { position: 900 });
    expect(await told()).toEqual([['Second', 11], ['First', 10]]);
    await owner.patch(`/knowledge-sources/${second.id}`, { settings: { text: 'y'.repeat(19_995) } });
    expect(await told()).toEqual([['Second', 19_995], ['First', 5]]);
    expect(await find('First text', { audience: 'internal' })).toEqual([]);
    expect(await countPassages(knex(), { sourceId: first.id })).toBe(0);
  });

  it('are conversations that people finished, without what is personal', async () => {
    const brandRow = (await knex()('brands').where({ uid: brand.id }).first('id') as { id: number }).id;
    const human = await knex()('operators').where({ kind: 'human' }).first('id', 'uid', 'name') as { id: number; uid: string; name: string };
    const converse = async (status: string, words: readonly [string, string][], over: object = {}): Promise<string> => {
      const uid = newId();
      const contact = await storeContact(knex(), brandRow);
      await knex()('contacts').where({ id: contact }).update({ name: 'Zebedee Quill', email: 'zeb@mail.example' });
      await knex()('conversations').insert({
        uid, brand_id: brandRow, channel: 'chat', contact_id: contact, status, priority: 'normal', bucket: 0, waiting_key: 0, last_message_at: Date.now(), assignees: '[]', tags: '[]',
        snippet: '', snippet_author: 'system', snippet_name: '', meta: '{}', last_seq: words.length, created_at: 1, updated_at: 1, ...over,
      });
      const { id } = await knex()('conversations').where({ uid }).first('id') as { id: number };
      await knex()('messages').insert(words.map(([author, said], index) => ({
        uid: newId(), conversation_id: id, seq: index + 1, kind: author === 'note' ? 'note' : 'reply', is_public: author === 'note' ? 0 : 1, author_type: author === 'note' ? 'operator' : author,
        author_id: author === 'contact' ? contact : human.id, author_name: author === 'contact' ? 'Zebedee Quill' : human.name, text: said, html: '', created_at: 1,
      })));
      return uid;
    };
    const learned = await converse('resolved', [['contact', 'Hi, my snorkelator is stuck. I am Zebedee, zeb@mail.example, order A-10293.'], ['note', 'Canary note'], ['operator', `Dear Zebedee,\nturn the snorkelator twice.\n\nRegards,\n${human.name}`], ['contact', 'Thanks']]);
    await converse('open', [['contact', 'Open snorkelator'], ['operator', 'Open answer']]);
    await converse('resolved', [['contact', 'Spam snorkelator'], ['operator', 'Spam answer']], { is_spam: 1 });
    await converse('closed', [['contact', 'Nobody answered the snorkelator']]);
    await converse('resolved', [['contact', 'Old snorkelator'], ['operator', 'Old answer']], { last_message_at: 1 });
    const source = await make({ kind: 'conversations', name: 'Learned', settings: {} });
    expect(source).toMatchObject({ state: 'ready', audience: 'internal', documentCount: 1, nextRunAt: expect.any(String), settings: { months: 6, departmentIds: [] } });
    const found = await find('snorkelator stuck', { audience: 'internal', brandId: brand.id });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('turn the snorkelator twice');
    for (const personal of ['Zebedee', 'zeb@', 'A-10293', human.name, 'Canary', 'Spam', 'Old', 'Open']) expect(found.join()).not.toContain(personal);
    expect(await find('snorkelator stuck', { brandId: brand.id })).toEqual([]);
    // A source of all brands keeps each conversation to its own brand.
    expect(await find('snorkelator stuck', { audience: 'internal', brandId: other.id })).toEqual([]);

    await owner.post(`/knowledge-sources/${source.id}/runs`);
    expect(await settled(source.id)).toMatchObject({ documentCount: 1 });
    const { updated_at: before } = await knex()('knowledge_documents').whereNotNull('conversation_id').first('updated_at') as { updated_at: number };
    await owner.post(`/knowledge-sources/${source.id}/runs`);
    await settled(source.id);
    expect(await knex()('knowledge_documents').whereNotNull('conversation_id').first('updated_at')).toEqual({ updated_at: before });

    await knex()('conversations').where({ uid: learned }).update({ status: 'open' });
    await dropLostConversations(asSystem());
    expect([await read(source.id), await find('snorkelator stuck', { audience: 'internal' })]).toMatchObject([{ documentCount: 0, passageCount: 0 }, []]);
    await knex()('conversations').where({ uid: learned }).update({ status: 'closed' });
    await owner.post(`/knowledge-sources/${source.id}/runs`);
    expect(await settled(source.id)).toMatchObject({ documentCount: 1 });
    await knex()('messages').delete();
    await knex()('conversations').where({ uid: learned }).delete();
    await dropLostConversations(asSystem());
    expect(await countPassages(knex(), { sourceId: source.id })).toBe(0);
  });
});
