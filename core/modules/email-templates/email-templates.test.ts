import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmailTemplateDetail, EmailTemplateSummary } from '../../shared/email-templates.ts';
import { newId } from '../../kernel/ids.ts';
import { eventually } from '../../../tests/support/databases.ts';
import { startDesk } from '../../../tests/support/desk.ts';
import { Caller, PeopleDesk } from '../../../tests/support/people.ts';
import { firstOperator } from '../../../tests/support/desk-process.ts';
import { manifestOf, ownerOf, pluginFolder, switchOff, switchOn, writePlugin } from '../../../tests/support/plugins.ts';
import { Postbox } from '../../../tests/support/postbox.ts';

const sample = `{ contact: { name: 'Ada' }, messages: [{ author: 'Bea', text: 'Hi **you**' }] }`;
const files = {
  'emails/news/en.md': 'Subject: News from {{ contact.name }}\n\n{% for m in messages %}{{ m.text | formatted }}{% endfor %}\n',
  'emails/news/de.md': 'Subject: Neues von {{ contact.name }}\n\nGuten Tag\n',
  'emails/alert/en.md': 'Subject: Alert\n\nLook.\n',
  'locales/en.json': '{"news":"News","newsHelp":"Tells what is new.","alert":"Alert"}',
  'locales/de.json': '{"news":"Neuigkeiten","newsHelp":"Sagt, was neu ist.","alert":"Warnung"}',
};
const setup = `
  await ctx.emails.template({ id: 'news', label: 'news', description: 'newsHelp', audience: 'contact', sample: ${sample} });
  await ctx.emails.template({ id: 'alert', label: 'alert', audience: 'operator', sample: {} });
  globalThis.sendNews = (mail) => ctx.emails.send({ template: 'news', values: ${sample}, ...mail });
`;
const told = globalThis as unknown as { sendNews(mail: object): Promise<unknown> };

describe.each(['sqlite', 'mariadb'] as const)('e-mail templates on %s', (database) => {
  const postbox = new Postbox();
  let people: PeopleDesk;
  let owner: Caller;
  let brand: { id: string };
  const path = '/email-templates/postman.news';
  const put = (body: object, from = path, caller = owner) => caller.send('PUT', `${from}/texts`, { brandId: null, locale: 'en', subject: 'S', body: 'B', ...body });
  const subjectOf = async (more: object = {}): Promise<string> => {
    const idempotencyKey = newId();
    const contact = { uid: newId(), kind: 'verified', brand_id: 1, email: `${newId()}@example.org`, created_at: 1, updated_at: 1 };
    await people.desk.kernel.db.knex('contacts').insert({ ...contact, proved_email: contact.email });
    expect(await told.sendNews({ to: { contactId: contact.uid }, idempotencyKey, ...more })).toEqual({ status: 'queued' });
    return ((await people.desk.kernel.db.knex('mail_log').where({ to_address: contact.email }).first('subject')) as { subject: string }).subject;
  };

  beforeAll(async () => {
    const folder = await pluginFolder();
    await writePlugin(folder, 'postman', { manifest: manifestOf('postman', { permissions: ['email:send'] }), setup, more: files });
    const desk = await startDesk({ database, env: { PLUGBOARD_PLUGIN_PATH: folder, SMTP_URL: await postbox.open() } });
    owner = new Caller(desk.url, await desk.signIn());
    people = new PeopleDesk(desk, owner);
    await switchOn(await ownerOf(desk.url), 'postman');
    [brand] = (await owner.get('/brands')).body.data;
  });
  afterAll(async () => {
    await people?.desk.stop();
    await postbox.close();
  });

  it('are listed with what they are for, in the reader\'s language', async () => {
    const { data } = (await owner.get('/email-templates')).body as { data: EmailTemplateSummary[] };
    expect(data).toEqual([
      { id: 'postman.news', kind: 'postman.news', name: 'News', description: 'Tells what is new.', audience: 'contact', pluginId: 'postman', isShipped: true, changed: [] },
      { id: 'postman.alert', kind: 'postman.alert', name: 'Alert', description: '', audience: 'operator', pluginId: 'postman', isShipped: true, changed: [] },
    ]);
    const german = new Caller(owner.url, { ...owner.headers, 'Accept-Language': 'de' });
    expect((await german.get(path)).body.name).toBe('Neuigkeiten');
    const { body } = await owner.get(path) as { body: EmailTemplateDetail };
    expect(body.placeholders.map(({ name }) => name)).toEqual(['brand.name', 'desk.name', 'desk.url', 'recipient.name', 'contact.name', 'messages']);
    expect(body.placeholders.at(-1)).toEqual({ name: 'messages', sample: '1', isList: true, fields: [{ name: 'author', sample: 'Bea', isList: false }, { name: 'text', sample: 'Hi **you**', isList: false }] });
    expect(body.texts.find(({ locale }) => locale === 'de')).toEqual({ brandId: null, locale: 'de', subject: 'Neues von {{ contact.name }}', body: 'Guten Tag', isShipped: true, updatedAt: null });
    expect(body.locales).toEqual(expect.arrayContaining(['en', 'de', 'ar']));
    expect((await owner.get('/email-templates/postman.none')).status).toBe(404);
    expect((await owner.get(`/email-templates/${newId()}`)).status).toBe(404);
  });

  it('are worded by brand, then by every brand, then as shipped, in each language', async () => {
    expect(await subjectOf()).toBe('News from Ada');
    expect((await put({ subject: 'Every brand {{ contact.name }}' })).body.changed).toEqual([{ brandId: null, locale: 'en', updatedAt: expect.any(String) }]);
    expect(await subjectOf()).toBe('Every brand Ada');
    await put({ brandId: brand.id, subject: 'This brand' });
    expect(await subjectOf()).toBe('This brand');
    expect(await subjectOf({ locale: 'de' })).toBe('Neues von Ada');
    await put({ brandId: brand.id, locale: 'fr', subject: 'En français' });
    expect([await subjectOf({ locale: 'fr-CA' }), await subjectOf({ locale: 'es' })]).toEqual(['En français', 'This brand']);
    expect((await owner.delete(`${path}/texts?brandId=${brand.id}&locale=en`)).status).toBe(204);
    expect(await subjectOf()).toBe('Every brand Ada');
    expect((await owner.delete(`${path}/texts?locale=en`)).status).toBe(204);
    expect((await owner.delete(`${path}/texts?locale=en`)).status).toBe(404);
    expect(await subjectOf()).toBe('News from Ada');
    expect((await put({ brandId: newId() })).body.errors).toMatchObject([{ path: expect.stringContaining('brandId') }]);
  });

  it('that cannot be read are refused with the line', async () => {
    const refused = await put({ subject: '{{ contact.nam }}', body: 'a\n\n{% if x %}' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid', errors: [
      { path: 'subject', code: 'unknown_placeholder', line: 1, message: 'Line 1: there is no placeholder contact.nam.' },
      { path: 'body', code: 'template_syntax', line: 3 },
    ] } });
    expect((await put({ body: '{% for i in (1..1000000000) %}{% endfor %}' })).body.errors).toMatchObject([{ path: 'body', code: 'template_limit', line: 1 }]);
    expect((await put({ body: 'x'.repeat(50_001) })).status).toBe(400);
    expect((await put({ locale: 'not a locale' })).status).toBe(400);
    expect((await owner.get(path)).body.changed).toHaveLength(1);
  });

  it('that broke later give way to the shipped words', async () => {
    await put({ subject: 'Mine' });
    await people.desk.kernel.db.knex('email_template_texts').where({ template: 'postman.news', locale: 'en' }).update({ body: '{% broken' });
    expect(await subjectOf()).toBe('News from Ada');
    await owner.delete(`${path}/texts?locale=en`);
  });

  it('can be made out of others, renamed and removed', async () => {
    await put({ subject: 'Mine' });
    const made = await owner.post('/email-templates', { kind: 'postman.news', name: 'For the shop' });
    expect(made).toMatchObject({ status: 201, body: { kind: 'postman.news', name: 'For the shop', isShipped: false, pluginId: 'postman', changed: [{ locale: 'fr' }, { locale: 'en' }] } });
    const own = `/email-templates/${made.body.id}`;
    await put({ subject: 'Shop' }, own);
    expect([await subjectOf({ variant: made.body.id }), await subjectOf()]).toEqual(['Shop', 'Mine']);
    const copy = await owner.post('/email-templates', { kind: made.body.id, name: 'Copy' });
    expect(copy.body.texts.find((text: { locale: string }) => text.locale === 'en').subject).toBe('Shop');
    expect((await owner.patch(own, { name: 'The shop' })).body.name).toBe('The shop');
    expect((await owner.get('/email-templates')).body.data.map(({ name }: EmailTemplateSummary) => name)).toEqual(['News', 'The shop', 'Copy', 'Alert']);
    expect((await owner.delete(own)).status).toBe(204);
    expect(await subjectOf({ variant: made.body.id })).toBe('Mine');
    expect((await owner.delete(path))).toMatchObject({ status: 409, body: { code: 'template_shipped' } });
    expect((await owner.patch(path, { name: 'x' })).status).toBe(409);
    expect((await owner.post('/email-templates', { kind: 'postman.none', name: 'x' })).status).toBe(400);
    expect((await owner.get('/audit')).body.data.map(({ action }: { action: string }) => action)).toEqual(expect.arrayContaining([
      'email-template.created', 'email-template.changed', 'email-template.renamed', 'email-template.removed', 'email-template.reset']));
    await owner.delete(`/email-templates/${copy.body.id}`);
    await owner.delete(`${path}/texts?locale=en`);
  });

  it('are shown with made-up values, saved or not', async () => {
    const saved = (await owner.post(`${path}/preview`, { brandId: null, locale: 'en' })).body;
    expect(saved.subject).toBe('News from Ada');
    expect(saved.html).toContain('Hi <strong>you</strong>');
    const typed = (await owner.post(`${path}/preview`, { brandId: brand.id, locale: 'ar', subject: '{{ brand.name }}!', body: '# {{ recipient.name }}\n\n[Open]({{ desk.url }})' })).body;
    expect(typed.subject).toMatch(/!$/);
    expect(typed.html).toContain('<html lang="ar" dir="rtl">');
    expect(typed.text).toMatch(/Open: https?:/);
    expect((await owner.post(`${path}/preview`, { brandId: null, locale: 'en', subject: 'x', body: '{{ x }}' })).body.errors).toMatchObject([{ path: 'body', line: 1 }]);
  });

  it('are sent to the one who asks, ten times an hour', async () => {
    const test = (body: object = {}) => owner.post(`${path}/test`, { brandId: null, locale: 'en', ...body });
    expect(await test({ subject: 'Typed', body: 'Now' })).toMatchObject({ status: 202, body: { to: firstOperator.email } });
    await eventually('the mail arrives', () => postbox.received.some(({ raw }) => raw.includes('[Test]')));
    const sent = await PostalMime.parse(postbox.received.find(({ raw }) => raw.includes('[Test]'))?.raw ?? '');
    expect(sent).toMatchObject({ subject: '[Test] Typed', to: [{ address: firstOperator.email }] });
    expect((await test({ body: '{{ no }}' })).status).toBe(400);
    expect((await test({ to: 'colleague@example.org' })).body).toEqual({ to: 'colleague@example.org' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => test()));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(8);
    expect(answers.find(({ status }) => status === 429)?.headers.get('Retry-After')).toMatch(/^\d+$/);
  });

  it('are for those who manage the settings, and a brand\'s texts for those who manage the brand', async () => {
    const { caller: agent } = await people.person('agent');
    const other = (await owner.post('/brands', { name: 'Other', slug: 'other', locale: 'en', color: '#112233' })).body as { id: string };
    const { caller: admin } = await people.person('admin', { brandIds: [other.id] });
    expect((await agent.get('/email-templates')).status).toBe(403);
    expect((await agent.post(`${path}/preview`, { brandId: null, locale: 'en' })).status).toBe(403);
    expect((await people.nobody.get('/email-templates')).status).toBe(401);
    expect((await admin.get(path)).status).toBe(200);
    expect([(await put({}, path, admin)).status, (await put({ brandId: brand.id }, path, admin)).status, (await put({ brandId: other.id }, path, admin)).status]).toEqual([403, 403, 200]);
    expect((await admin.delete(`${path}/texts?locale=fr&brandId=${brand.id}`)).status).toBe(403);
    expect((await admin.post('/email-templates', { kind: 'postman.news', name: 'x' })).status).toBe(403);
    expect((await owner.delete(`/brands/${other.id}`)).status).toBe(204);
    expect((await owner.get(path)).body.changed).toEqual([{ brandId: brand.id, locale: 'fr', updatedAt: expect.any(String) }]);
  });

  it('are gone while their plugin is off', async () => {
    const call = await ownerOf(people.desk.url);
    await switchOff(call, 'postman');
    expect((await owner.get('/email-templates')).body.data).toEqual([]);
    expect((await owner.get(path)).status).toBe(404);
    await switchOn(call, 'postman');
    expect((await owner.get(path)).body.changed).toHaveLength(1);
  });

  it('go with the data of their plugin', async () => {
    const { body } = await owner.post('/email-templates', { kind: 'postman.news', name: 'Soon gone' });
    await put({ subject: 'Soon gone' }, `/email-templates/${body.id}`);
    const call = await ownerOf(people.desk.url);
    await switchOff(call, 'postman');
    expect((await call('DELETE', '/api/v1/plugins/postman', { deleteData: true })).status).toBe(204);
    const { knex } = people.desk.kernel.db;
    expect([await knex('email_templates').select('id'), await knex('email_template_texts').select('id')]).toEqual([[], []]);
  });
});
