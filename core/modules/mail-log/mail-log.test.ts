import { expect, it } from 'vitest';
import { createActionContext } from '../../kernel/action-context.ts';
import { system } from '../../kernel/policy/actor.ts';
import { newId } from '../../kernel/ids.ts';
import { forEachDesk } from '../../../tests/support/people.ts';

forEachDesk('the mail log', (open) => {
  const send = async (subject: string) => {
    const { kernel } = open().desk;
    await kernel.mail.send(createActionContext(kernel, system), { to: { address: 'ada@example.test', name: 'Ada' }, subject, text: `Text of ${subject}`, idempotencyKey: newId() });
  };

  it('lists what the desk made, newest first and without bodies, and shows one whole', async () => {
    const { owner } = open();
    for (const subject of ['one', 'two', 'three']) await send(subject);
    const first = (await owner.get('/mail-log?limit=2')).body;
    expect(first.data.map(({ subject }: { subject: string }) => subject)).toEqual(['three', 'two']);
    expect(first.data[0]).toMatchObject({ to: { address: 'ada@example.test', name: 'Ada' }, status: 'kept', attempts: 0, error: null, sentAt: null });
    expect(first.data[0]).not.toHaveProperty('text');
    const rest = (await owner.get(`/mail-log?limit=2&cursor=${first.nextCursor}`)).body;
    expect([rest.data.map(({ subject }: { subject: string }) => subject), rest.nextCursor]).toEqual([['one'], null]);
    expect((await owner.get(`/mail-log/${rest.data[0].id}`)).body).toMatchObject({ subject: 'one', text: 'Text of one', html: null, messageId: expect.stringMatching(/^<.+@.+>$/) });
  });

  it('tries again once there is a mail server', async () => {
    const { owner } = open();
    await send('again');
    const [{ id }] = (await owner.get('/mail-log?limit=1')).body.data;
    expect(await owner.post(`/mail-log/${id}/retry`)).toMatchObject({ status: 409, body: { code: 'mail_not_configured' } });
    await owner.patch('/settings', { smtpUrl: 'smtp://127.0.0.1:9' });
    expect(await owner.post(`/mail-log/${id}/retry`)).toMatchObject({ status: 202, body: { id, status: 'queued' } });
    expect((await owner.post(`/mail-log/${newId()}/retry`)).status).toBe(404);
    expect((await owner.get(`/mail-log/${newId()}`)).status).toBe(404);
  });

  it('is for those who manage the whole desk', async () => {
    const people = open();
    const [brand] = (await people.owner.get('/brands')).body.data;
    for (const { caller } of [await people.person('agent'), await people.person('admin', { brandIds: [brand.id] })]) {
      expect((await caller.get('/mail-log')).status).toBe(403);
    }
  });
});
