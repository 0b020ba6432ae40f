import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forEachDesk } from '../../../tests/support/people.ts';

const mails: string[] = [];
const server = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  authOptional: true,
  onAuth: ({ password }, _session, done) => (password === 'right' ? done(null, { user: 'desk' }) : done(new Error('no'))),
  onData(stream, _session, done) {
    let text = '';
    stream.on('data', (chunk: Buffer) => { text += chunk.toString(); });
    stream.on('end', () => { mails.push(text); done(null); });
  },
});
let port = 0;
beforeAll(async () => {
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  port = (listening.address() as AddressInfo).port;
});
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

forEachDesk('desk settings', (open) => {
  it('are read and changed one by one', async () => {
    const { owner } = open();
    expect((await owner.get('/settings')).body).toEqual({
      deskName: 'Support', defaultLocale: 'en', timeZone: 'UTC', mailFrom: null, mailFromName: null, smtpUrl: { set: false, updatedAt: null, last4: null }, locked: [],
    });
    expect((await owner.patch('/settings', { timeZone: 'Europe/Berlin', mailFrom: 'Desk@Example.test' })).body).toMatchObject({ deskName: 'Support', timeZone: 'Europe/Berlin', mailFrom: 'desk@example.test' });
    expect((await owner.patch('/settings', { mailFrom: null })).body).toMatchObject({ timeZone: 'Europe/Berlin', mailFrom: null });
  });

  it('refuse what is not valid', async () => {
    const { owner } = open();
    for (const wrong of [{ timeZone: 'Mars' }, { defaultLocale: 'xx' }, { smtpUrl: 'http://x' }, { smtpUrl: 'smtp://' }, { mailFrom: 'nobody' }, { isOpen: true }, { locked: [] }]) {
      expect((await owner.patch('/settings', wrong)).status, JSON.stringify(wrong)).toBe(400);
    }
  });

  it('are for those who manage them', async () => {
    const { caller } = await open().person('agent');
    for (const answer of [await caller.get('/settings'), await caller.patch('/settings', {}), await caller.post('/settings/mail/check', { to: 'a@b.test' })]) expect(answer.status).toBe(403);
  });

  it('send a real test mail and never show the address of the server with its password', async () => {
    const { owner, desk } = open();
    expect((await owner.post('/settings/mail/check', { to: 'me@example.test' })).body).toMatchObject({ ok: false, message: expect.stringContaining('No mail server') });
    const saved = await owner.patch('/settings', { smtpUrl: `smtp://desk:right@localhost:${port}?ignoreTLS=true`, mailFromName: 'Desk "One"' });
    expect(saved.body.smtpUrl).toEqual({ set: true, updatedAt: expect.any(String), last4: 'host' });
    const checked = await owner.post('/settings/mail/check', { to: 'me@example.test' });
    expect(checked.body).toMatchObject({ ok: true, detail: expect.stringMatching(/^250/) });
    expect(mails.at(-1)).toContain('To: me@example.test');
    await owner.patch('/settings', { smtpUrl: `smtp://desk:wrong@localhost:${port}?ignoreTLS=true` });
    expect((await owner.post('/settings/mail/check', { to: 'me@example.test' })).body).toMatchObject({ ok: false, message: expect.stringContaining('user name or the password') });
    const stored = JSON.stringify([await desk.kernel.db.knex('settings'), await desk.kernel.db.knex('audit_log'), (await owner.get('/settings')).body]);
    expect(stored).not.toMatch(/right@|wrong@/);
  });

  it('reach a server inside the network only when it is named', async () => {
    const { owner } = open();
    await owner.patch('/settings', { smtpUrl: `smtp://127.0.0.1:${port}` });
    expect((await owner.post('/settings/mail/check', { to: 'me@example.test' })).body).toMatchObject({ ok: false, message: expect.stringContaining('ALLOW_PRIVATE_NETWORK') });
    expect((await owner.patch('/settings', { smtpUrl: null })).body.smtpUrl.set).toBe(false);
  });
}, { ALLOW_PRIVATE_NETWORK: 'localhost' });
