import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually, forEachDatabase } from '../../../tests/support/databases.ts';
import { Postbox } from '../../../tests/support/postbox.ts';
import { createBus } from '../bus/create-bus.ts';
import type { ActionContext } from '../context.ts';
import { createHooks } from '../hooks/create-hooks.ts';
import { createJobs } from '../jobs/create-jobs.ts';
import { createLocks } from '../locks/create-locks.ts';
import { PluginCalls } from '../plugins/plugin-calls.ts';
import { createSecrets } from '../secrets/create-secrets.ts';
import { createSettings } from '../settings/create-settings.ts';
import { createMail } from './create-mail.ts';
import type { OutgoingMail } from './mail.ts';
import { addSendJob, dueMails, requeueMail, type MailRow } from './mail-rows.ts';

forEachDatabase('Mail', (make) => {
  let postbox: Postbox;
  const closers: (() => Promise<void>)[] = [];
  beforeEach(() => { postbox = new Postbox(); });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const desk = async (smtpUrl?: string) => {
    const { db, log, config: base } = await make();
    const config = { ...base, smtpUrl };
    const bus = await createBus({ config, log });
    const jobs = await createJobs({ db, config, log, locks: createLocks({ db, log, process: 'test' }), process: 'test' });
    const secrets = createSecrets({ config });
    const hooks = createHooks({ declarations: [], calls: new PluginCalls(), log, text: (key) => key });
    const mail = createMail({ db, jobs, settings: createSettings({ db, bus, log }), secrets, config, log, hooks });
    await jobs.start();
    closers.push(() => jobs.stop(1000));
    const ctx = { db: db.knex, inTransaction: false } as ActionContext;
    const row = async () => (await db.knex<MailRow>('mail_log').first()) as MailRow;
    return { db, jobs, mail, ctx, row, status: async () => (await row()).status };
  };
  const withPostbox = async () => {
    const url = await postbox.open();
    closers.push(() => postbox.close());
    return desk(url);
  };
  const letter = (more: Partial<OutgoingMail> = {}): OutgoingMail => ({
    to: { address: 'ada@example.org', name: 'Ada' }, from: { address: 'help@acme.example', name: 'Acme' },
    subject: 'Grüße', text: 'Hallo', idempotencyKey: 'one', ...more,
  });

  it('keeps mail for an admin to read while there is no server', async () => {
    const { mail, ctx, row } = await desk();
    await mail.send(ctx, letter());
    expect(await mail.isConfigured()).toBe(false);
    expect(await row()).toMatchObject({ status: 'kept', to_address: 'ada@example.org', text: 'Hallo', next_attempt_at: null });
  });

  it('sends once for one key, with the Message-ID of the log', async () => {
    const { mail, ctx, row, status, db } = await withPostbox();
    await mail.send(ctx, letter());
    await mail.send(ctx, letter({ text: 'again' }));
    await eventually('sent', async () => (await status()) === 'sent');
    expect(postbox.received).toHaveLength(1);
    const [got] = postbox.received;
    expect(got).toMatchObject({ from: 'help@acme.example', to: ['ada@example.org'] });
    const parsed = await PostalMime.parse(got?.raw ?? '');
    expect(parsed).toMatchObject({ subject: 'Grüße', messageId: (await row()).message_id, from: { name: 'Acme' }, to: [{ name: 'Ada' }] });
    expect(await db.knex('mail_log').select()).toHaveLength(1);
  });

  it('sends nothing of a transaction that was rolled back', async () => {
    const { mail, ctx, db, status } = await withPostbox();
    await expect(db.transaction(async (trx) => {
      await mail.send({ ...ctx, db: trx, inTransaction: true }, letter());
      throw new Error('no');
    })).rejects.toThrow('no');
    await db.transaction((trx) => mail.send({ ...ctx, db: trx, inTransaction: true }, letter({ subject: 'second' })));
    await eventually('sent', async () => (await status()) === 'sent');
    expect(postbox.received.map(({ raw }) => /Subject: (\w+)/.exec(raw)?.[1])).toEqual(['second']);
  });

  it('tries again after 4xx, with the same Message-ID, and gives up at once after 5xx', async () => {
    const { mail, ctx, row, status, db, jobs } = await withPostbox();
    postbox.reply = { stage: 'rcpt', code: 450 };
    await mail.send(ctx, letter());
    await eventually('delayed', async () => (await row()).error !== null);
    const delayed = await row();
    expect(delayed).toMatchObject({ status: 'queued', attempts: 1 });
    expect((delayed.next_attempt_at ?? 0) - Date.now()).toBeGreaterThan(50_000);
    expect(await dueMails(db.knex, 10)).toEqual([]);
    await db.knex('mail_log').update({ next_attempt_at: 1 });
    expect(await dueMails(db.knex, 10)).toEqual([delayed.uid]);
    postbox.reply = { stage: 'data', code: 554 };
    await addSendJob(jobs, delayed.uid);
    await eventually('failed', async () => (await status()) === 'failed');
    expect((await row()).error).toContain('554');
    postbox.reply = undefined;
    expect(await requeueMail({ knex: db.knex, jobs }, delayed.uid)).toBe(true);
    await eventually('sent', async () => (await status()) === 'sent');
    expect(postbox.received[0]?.raw).toContain(delayed.message_id);
    expect(await requeueMail({ knex: db.knex, jobs }, delayed.uid)).toBe(false);
  });

  it('keeps a mail waiting when nobody listens or the line is cut after the last dot', async () => {
    const { mail, ctx, row } = await withPostbox();
    postbox.reply = 'cut';
    await mail.send(ctx, letter());
    await eventually('uncertain', async () => (await row()).error !== null);
    expect(await row()).toMatchObject({ status: 'queued', attempts: 1 });
    const away = await desk('smtp://127.0.0.1:1');
    await away.mail.send(away.ctx, letter());
    await eventually('refused', async () => (await away.row()).error !== null);
    expect(await away.status()).toBe('queued');
  });

  it('lets no text become a header, a recipient or an address', async () => {
    const { mail, ctx, status } = await withPostbox();
    for (const address of ['a@b.c, d@e.f', 'x\r\nBcc: d@e.f', 'a@b@c', '<a@b.c>', '']) {
      await expect(mail.send(ctx, letter({ to: { address } }))).rejects.toMatchObject({ status: 400 });
    }
    await mail.send(ctx, letter({
      subject: 'Hi\r\nBcc: evil@example.org', to: { address: 'ada@example.org', name: 'Ada\r\nX-Evil: 1' },
      headers: { 'X-Topic': 'a\r\nX-Evil: 2', Bcc: 'evil@example.org', 'Bad Name:': 'x' },
    }));
    await eventually('sent', async () => (await status()) === 'sent');
    const [got] = postbox.received;
    expect(got?.to).toEqual(['ada@example.org']);
    const headers = (await PostalMime.parse(got?.raw ?? '')).headers.map((header) => header.key);
    expect(headers).toContain('x-topic');
    expect(headers).not.toContain('x-evil');
    expect(headers).not.toContain('bcc');
  });
});
