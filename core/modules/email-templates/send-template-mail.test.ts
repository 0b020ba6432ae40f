import PostalMime, { type Email } from 'postal-mime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MailResult, PluginMail } from '@plugboard/sdk';
import { newId } from '../../kernel/ids.ts';
import { eventually } from '../../../tests/support/databases.ts';
import { startDesk, type TestDesk } from '../../../tests/support/desk.ts';
import { manifestOf, ownerOf, pluginFolder, switchOn, writePlugin, type Call } from '../../../tests/support/plugins.ts';
import { Postbox } from '../../../tests/support/postbox.ts';

type Send = (mail: PluginMail) => Promise<MailResult>;
const told = globalThis as unknown as { sendMail: Send; changeValues?: (values: Record<string, unknown>) => Record<string, unknown> };

const answered = 'Subject: News from {{ contact.name }}\n\nHello {{ recipient.name }},\n\n{% for m in messages %}\n> {{ m.text | formatted }}\n{% endfor %}\n\n[Answer]({{ url }})\n';
const files = {
  'emails/answered/en.md': answered,
  'emails/answered/de.md': 'Subject: Neues von {{ contact.name }}\n\nGuten Tag {{ recipient.name }}\n',
  'emails/waiting/en.md': 'Subject: An answer waits\n\n{{ brand.name }} answered you.\n',
  'emails/alert/en.md': 'Subject: Somebody waits\n\nLook at {{ desk.url }}.\n',
};
const setup = `
  const sample = { contact: { name: 'Ada' }, messages: [{ text: 'Hi' }], url: 'https://desk.test/' };
  await ctx.emails.template({ id: 'answered', label: 'answered', audience: 'contact', sample });
  await ctx.emails.template({ id: 'waiting', label: 'waiting', audience: 'contact', sample: {}, toUnverified: true });
  await ctx.emails.template({ id: 'alert', label: 'alert', audience: 'operator', sample: {} });
  await ctx.hooks.filter('placeholders.values', (values) => globalThis.changeValues?.(values) ?? values);
  globalThis.sendMail = (mail) => ctx.emails.send(mail);
`;

describe.each(['sqlite', 'mariadb'] as const)('a mail of a plugin on %s', (database) => {
  const postbox = new Postbox();
  let desk: TestDesk;
  let call: Call;
  let brand: { id: number; uid: string };
  let owner: { uid: string };

  beforeAll(async () => {
    const folder = await pluginFolder();
    await writePlugin(folder, 'postman', { manifest: manifestOf('postman', { permissions: ['email:send'] }), setup, more: files });
    desk = await startDesk({ database, env: { PLUGBOARD_PLUGIN_PATH: folder, SMTP_URL: await postbox.open(), PUBLIC_URL: 'https://desk.example' } });
    call = await ownerOf(desk.url);
    await switchOn(call, 'postman');
    brand = await desk.kernel.db.knex('brands').first('id', 'uid') as typeof brand;
    await desk.kernel.db.knex('brands').where({ id: brand.id }).update({ name: 'Acme, Inc.', color: '#ffd400' });
    owner = await desk.kernel.db.knex('operators').first('uid') as typeof owner;
  });
  afterAll(async () => {
    await desk?.stop();
    await postbox.close();
  });
  afterEach(() => void postbox.received.splice(0));

  let count = 0;
  const letter = (more: Partial<PluginMail>): PluginMail => {
    count += 1;
    return { template: 'answered', to: { address: 'x@example.org' }, values: { contact: { name: 'Bea' }, messages: [{ text: '**Hi**' }], url: 'https://desk.example/c' }, idempotencyKey: `key ${count}`, ...more };
  };
  const contact = async (more: Record<string, unknown>): Promise<string> => {
    const uid = newId();
    await desk.kernel.db.knex('contacts').insert({ uid, kind: 'verified', brand_id: brand.id, name: 'Ada', created_at: 1, updated_at: 1, ...more });
    return uid;
  };
  const arrived = async (wanted = 1): Promise<Email[]> => {
    await eventually('the mails arrive', () => postbox.received.length >= wanted);
    return Promise.all(postbox.received.map(({ raw }) => PostalMime.parse(raw)));
  };
  const header = (mail: Email | undefined, name: string): string | undefined => mail?.headers.find(({ key }) => key === name)?.value;

  it('goes to the address that a contact proved, in the brand\'s name and with the heads that other machines look for', async () => {
    const contactId = await contact({ email: 'ada@example.org', proved_email: 'ada@example.org' });
    const unsubscribeUrl = 'https://desk.example/unsubscribe/abc?x=1&y=2';
    expect(await told.sendMail(letter({ to: { contactId }, unsubscribeUrl, threadId: 'one' }))).toEqual({ status: 'queued' });
    expect(await told.sendMail(letter({ to: { contactId }, threadId: 'one' }))).toEqual({ status: 'queued' });
    const [first, second] = (await arrived(2)).sort((a) => (header(a, 'list-unsubscribe') ? -1 : 1));
    expect(first).toMatchObject({ subject: 'News from Bea', from: { name: 'Acme, Inc.', address: 'support@desk.example' }, to: [{ name: 'Ada', address: 'ada@example.org' }] });
    expect(first?.text).toContain('Hello Ada,\n\n> Hi\n\nAnswer: https://desk.example/c\n\n-- \nYou get this mail because you are in touch with Acme, Inc..\nUnsubscribe: https://desk.example/unsubscribe/abc?x=1&y=2');
    expect(first?.html).toContain('<strong>Hi</strong>');
    expect(first?.html).toMatch(/bgcolor="#ffd400"[^>]*color:#000000/);
    expect(header(first, 'list-unsubscribe')).toBe(`<${unsubscribeUrl}>`);
    expect(header(first, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect([header(first, 'auto-submitted'), header(first, 'x-auto-response-suppress')]).toEqual(['auto-generated', 'All']);
    expect(header(first, 'references')).toMatch(/^<thread\.[0-9a-f]{40}@desk\.example>$/);
    expect([header(second, 'references'), header(second, 'in-reply-to'), header(second, 'list-unsubscribe')]).toEqual([header(first, 'references'), header(first, 'references'), undefined]);
    expect(second?.messageId).not.toBe(first?.messageId);
  });

  it('speaks the reader\'s language, else the brand\'s, else English', async () => {
    await desk.kernel.db.knex('brands').where({ id: brand.id }).update({ locale: 'de' });
    const subject = async (locale: string | null, more: Partial<PluginMail> = {}): Promise<string | undefined> => {
      const address = `${newId()}@example.org`;
      await told.sendMail(letter({ to: { contactId: await contact({ email: address, proved_email: address, locale }) }, ...more }));
      await eventually('the mail arrives', () => postbox.received.some(({ to }) => to[0] === address));
      return (await PostalMime.parse(postbox.received.find(({ to }) => to[0] === address)?.raw ?? '')).subject;
    };
    expect(await subject('en-US')).toBe('News from Bea');
    expect(await subject('de-AT')).toBe('Neues von Bea');
    expect(await subject(null)).toBe('Neues von Bea');
    expect(await subject('fr')).toBe('Neues von Bea');
    expect(await subject('fr', { locale: 'en' })).toBe('News from Bea');
    await desk.kernel.db.knex('brands').where({ id: brand.id }).update({ locale: 'en' });
  });

  it('is sent once for one key', async () => {
    const mail = letter({ to: { operatorId: owner.uid }, template: 'alert' });
    expect(await Promise.all([told.sendMail(mail), told.sendMail(mail), told.sendMail(mail)])).toEqual(Array(3).fill({ status: 'queued' }));
    await arrived();
    expect(await desk.kernel.db.knex('mail_log').where({ subject: 'Somebody waits' }).select('id')).toHaveLength(1);
  });

  it('goes to an operator as long as they work here', async () => {
    await desk.kernel.db.knex('operators').where({ uid: owner.uid }).update({ is_active: 0 });
    expect(await told.sendMail(letter({ to: { operatorId: owner.uid }, template: 'alert' }))).toEqual({ status: 'suppressed', reason: 'gone' });
    await desk.kernel.db.knex('operators').where({ uid: owner.uid }).update({ is_active: 1 });
    expect(await told.sendMail(letter({ to: { operatorId: newId() }, template: 'alert' }))).toEqual({ status: 'suppressed', reason: 'gone' });
  });

  it('with somebody\'s words never goes to an address that nobody proved', async () => {
    const suppressed = (reason: string) => ({ status: 'suppressed', reason });
    const typed = await contact({ kind: 'identified', email: 'eve@example.org' });
    expect(await told.sendMail(letter({ to: { contactId: typed } }))).toEqual(suppressed('unverified'));
    expect(await told.sendMail(letter({ to: { address: 'eve@example.org' } }))).toEqual(suppressed('unverified'));
    expect(await told.sendMail(letter({ to: { contactId: await contact({ kind: 'anonymous', email: null }) } }))).toEqual(suppressed('no-address'));
    expect(await told.sendMail(letter({ to: { contactId: newId() } }))).toEqual(suppressed('gone'));
    expect(await desk.kernel.db.knex('mail_log').where({ to_address: 'eve@example.org' }).select('id')).toEqual([]);
  });

  it('to such an address says only that there is something, once a day and brand', async () => {
    const typed = await Promise.all(['Mallory <b>', 'Somebody else'].map((name) => contact({ kind: 'identified', email: 'Mal@example.org', name })));
    const sent = await Promise.all(Array.from({ length: 12 }, (_, index) => told.sendMail(letter({ template: 'waiting', to: { contactId: typed[index % 2] ?? '' } }))));
    expect(sent.filter(({ status }) => status === 'queued')).toHaveLength(1);
    expect(sent.filter((result) => result.status === 'suppressed' && result.reason === 'limit')).toHaveLength(11);
    const [mail] = await arrived();
    expect(mail).toMatchObject({ subject: 'An answer waits', to: [{ name: '', address: 'Mal@example.org' }] });
    expect(`${mail?.text} ${mail?.html}`).not.toMatch(/Mallory|Somebody else/);
    await desk.kernel.db.knex('unproved_mails').update({ sent_at: Date.now() - 86_400_001 });
    expect(await told.sendMail(letter({ template: 'waiting', to: { contactId: typed[0] ?? '' } }))).toEqual({ status: 'queued' });
    expect(await desk.kernel.db.knex('unproved_mails').first('suppressed')).toMatchObject({ suppressed: 11 });
  });

  it('to such an address counts one mailbox once, however it is spelled', async () => {
    const spellings = ['eve@example.org', 'EVE+1@example.org', 'eve+2@Example.org', 'e.v.e@gmail.com', 'eve+x@googlemail.com'];
    const typed = await Promise.all(spellings.map((email) => contact({ kind: 'identified', email })));
    const sent: MailResult[] = [];
    for (const contactId of typed) sent.push(await told.sendMail(letter({ template: 'waiting', to: { contactId } })));
    expect(sent.map(({ status }) => status)).toEqual(['queued', 'suppressed', 'suppressed', 'queued', 'suppressed']);
  });

  it('asked for again takes nothing of the day', async () => {
    const contactId = await contact({ kind: 'identified', email: 'kim@example.org' });
    const mail = letter({ template: 'waiting', to: { contactId } });
    expect(await told.sendMail(mail)).toEqual({ status: 'queued' });
    expect(await told.sendMail(mail)).toEqual({ status: 'queued' });
  });

  it('may get its values from a plugin that listens', async () => {
    told.changeValues = (values) => ({ ...values, contact: { name: 'changed' } });
    const contactId = await contact({ email: 'val@example.org', proved_email: 'val@example.org' });
    await told.sendMail(letter({ to: { contactId } }));
    delete told.changeValues;
    await eventually('the mail arrives', () => postbox.received.some(({ to, raw }) => to[0] === 'val@example.org' && raw.includes('Subject: News from changed')));
  });

  it('out of a text that its sample does not fit is refused at once', async () => {
    const folder = await pluginFolder();
    const dir = (name: string, text: string) => writePlugin(folder, name, { manifest: manifestOf(name), setup: "await ctx.emails.template({ id: 'x', label: 'x', audience: 'contact', sample: {} });", more: { [text === '' ? 'emails/x/de.md' : 'emails/x/en.md']: text || 'Subject: x\n\nx' } });
    await Promise.all([dir('one', 'Subject: x\n\n{{ nothing }}'), dir('two', 'no subject'), dir('three', '')]);
    const other = await startDesk({ database, env: { PLUGBOARD_PLUGIN_PATH: folder } });
    const admin = await ownerOf(other.url);
    for (const [id, reason] of [['one', 'unknown_placeholder in line 1 of the body: nothing'], ['two', 'Subject'], ['three', 'en.md']] as const) {
      await switchOn(admin, id);
      expect(JSON.stringify((await admin('GET', `/api/v1/plugins/${id}/errors`)).body) + JSON.stringify((await admin('GET', `/api/v1/plugins/${id}`)).body)).toContain(reason);
    }
    await other.stop();
  });

  it('is refused without a template, a key or in too many words', async () => {
    await expect(told.sendMail(letter({ template: 'nothing' }))).rejects.toMatchObject({ status: 404 });
    await expect(told.sendMail(letter({ idempotencyKey: '' }))).rejects.toThrow('idempotencyKey');
    await expect(told.sendMail(letter({ values: { text: 'x'.repeat(4_000_001) } }))).rejects.toThrow('4 MB');
  });
});
