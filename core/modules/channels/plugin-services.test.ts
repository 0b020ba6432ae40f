import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReceivedMessage } from '@plugboard/sdk';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConversationDesk, type ConversationDesk } from '../../../tests/support/conversation-desk.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import type { PluginDesk } from '../../kernel/plugins/services.ts';
import { changeConversation, escalateConversation, readConversation } from '../conversations/index.ts';
import { storeAttachment } from '../attachments/index.ts';
import { createPluginServices } from './index.ts';

describe.each(['sqlite', 'mariadb'] as const)('the desk as plugins reach it, on %s', (engine) => {
  let desk: ConversationDesk;
  let services: PluginDesk;
  let grace: ActionContext;
  beforeAll(async () => {
    desk = await startConversationDesk(engine);
    services = createPluginServices(desk.kernel)({ type: 'plugin', id: 'chat', permissions: new Set(), depth: 1 });
    grace = await desk.operator('Grace');
  });
  afterAll(() => desk.stop());

  const visitor = () => services.contacts.create({ brandId: desk.brand.uid });
  const say = (contactId: string, text: string, more: Partial<ReceivedMessage> = {}) => services.receive('chat', { contactId, cid: randomUUID(), text, ...(more.conversationId ? {} : { open: {} }), ...more });
  const upload = async (owner: { type: 'contact' | 'operator'; id: string }, content = 'hello') => {
    const path = join(desk.kernel.files.uploadDir, newId());
    await writeFile(path, content);
    return services.keepUpload({ stored: await desk.kernel.files.put(path, 'a.txt'), name: '../../a.txt', owner });
  };

  it('takes a message in once and answers with public shapes', async () => {
    const { id } = await visitor();
    const cid = randomUUID();
    const first = await services.receive('chat', { contactId: id, cid, text: 'Hi', open: { openingMessage: 'How can we **help**?', meta: { page: '/' } } });
    expect(first).toMatchObject({ repeated: false, message: { seq: 2, isMine: true, cid, body: { html: '<p>Hi</p>' } }, conversation: { status: 'open', lastSeq: 2, unreadCount: 0 } });
    expect(await services.receive('chat', { contactId: id, cid, text: 'Hi', open: {} })).toMatchObject({ repeated: true, message: { id: first.message.id } });
    const { data } = await services.conversations.messages({ contactId: id, conversationId: first.conversation.id });
    expect(data.map(({ body, isMine, author }) => [body.text, isMine, author.name])).toEqual([['How can we **help**?', false, 'acme'], ['Hi', true, '']]);
    expect(await services.conversations.list({ contactId: id })).toMatchObject({ data: [{ id: first.conversation.id, lastMessage: { text: 'Hi', isMine: true } }], nextCursor: null });
  });

  it('keeps contacts apart', async () => {
    const [mine, other] = [await visitor(), await visitor()];
    const { conversation } = await say(mine.id, 'Mine');
    expect(await services.conversations.get({ contactId: other.id, conversationId: conversation.id })).toBeNull();
    const call = { contactId: other.id, conversationId: conversation.id };
    for (const work of [() => services.conversations.messages(call), () => services.conversations.close(call), () => services.conversations.markRead({ ...call, seq: 1 }), () => services.conversations.typing({ ...call, isTyping: true }), () => say(other.id, 'Hi', { conversationId: conversation.id })]) {
      await expect(work()).rejects.toMatchObject({ status: 404 });
    }
  });

  it('pages through a contact\'s conversations and a long thread, and says when it is too far', async () => {
    const { id } = await services.contacts.create({ brandId: desk.brand.uid, email: 'many@example.com' });
    for (let index = 0; index < 7; index += 1) await say(id, `Conversation ${index}`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await services.conversations.list({ contactId: id, limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.data.map((conversation) => conversation.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(7);
    const conversationId = seen[0] ?? '';
    for (let index = 0; index < 5; index += 1) await say(id, `More ${index}`, { conversationId });
    const call = { contactId: id, conversationId };
    expect((await services.conversations.messages({ ...call, afterSeq: 4 })).data.map(({ seq }) => seq)).toEqual([5, 6]);
    expect((await services.conversations.messages({ ...call, beforeSeq: 3, limit: 1 })).data.map(({ seq }) => seq)).toEqual([2]);
    expect(await services.conversations.messages({ ...call, afterSeq: 99 })).toMatchObject({ tooFar: true, data: [{ seq: 1 }, {}, {}, {}, {}, { seq: 6 }] });
    // Notes take no place on a page: one that is empty would tell a screen that it has everything.
    for (let index = 0; index < 3; index += 1) await desk.answer(grace, conversationId, `Note ${index}`, { kind: 'note' });
    await say(id, 'After the notes', { conversationId });
    expect((await services.conversations.messages({ ...call, afterSeq: 6, limit: 1 })).data.map(({ seq }) => seq)).toEqual([10]);
  });

  it('lets the contact close and open again', async () => {
    const { id } = await visitor();
    const { conversation } = await say(id, 'Hello');
    const call = { contactId: id, conversationId: conversation.id };
    expect(await services.conversations.close(call)).toMatchObject({ status: 'closed' });
    expect(await services.conversations.close(call)).toMatchObject({ status: 'closed' });
    expect((await say(id, 'One more thing', { conversationId: conversation.id })).conversation).toMatchObject({ status: 'open' });
    expect((await services.conversations.messages(call)).data.map(({ kind, event }) => event?.key ?? kind)).toEqual(['reply', 'closed', 'reopened', 'reply']);
  });

  it('keeps who somebody is: sessions end, a proof is not exchanged', async () => {
    const { id } = await visitor();
    const { token } = await services.contacts.sessions.create(id);
    expect(await services.contacts.sessions.verify(token)).toMatchObject({ contactId: id });
    await services.contacts.sessions.revoke(token);
    expect(await services.contacts.sessions.verify(token)).toBeNull();
    expect(await services.contacts.update(id, { name: 'Ada', email: 'Ada@Example.com' })).toMatchObject({ kind: 'identified', email: 'ada@example.com' });
    await desk.kernel.db.knex('contacts').where({ uid: id }).update({ kind: 'verified' });
    await expect(services.contacts.update(id, { email: 'eve@example.com' })).rejects.toMatchObject({ status: 409, code: 'email_verified' });
    expect(await services.contacts.update(id, { name: 'Ada L.' })).toMatchObject({ kind: 'verified', name: 'Ada L.' });
    await expect(services.contacts.update(id, { email: 'not an address' })).rejects.toMatchObject({ status: 400 });
  });

  it('gives a file to its owner, then to its conversation, once', async () => {
    const [mine, other] = [await visitor(), await visitor()];
    const file = await upload({ type: 'contact', id: mine.id });
    expect(file).toMatchObject({ name: 'a.txt', type: 'text/plain', size: 5 });
    await expect(services.files.claimUpload({ uploadId: file.id, contactId: other.id })).rejects.toMatchObject({ status: 404 });
    expect(await services.files.claimUpload({ uploadId: file.id, contactId: mine.id })).toMatchObject({ id: file.id });
    await expect(say(other.id, 'Stolen', { attachmentIds: [file.id] })).rejects.toMatchObject({ status: 400 });
    const { conversation, message } = await say(mine.id, '', { attachmentIds: [file.id] });
    expect(message.attachments).toMatchObject([{ id: file.id, name: 'a.txt' }]);
    expect(conversation.lastMessage?.text).toBe('a.txt');
    await expect(say(mine.id, 'Twice', { attachmentIds: [file.id], conversationId: conversation.id })).rejects.toMatchObject({ status: 400 });
    expect(await services.openFile({ fileId: file.id, contactId: mine.id })).toMatchObject({ name: 'a.txt', isInline: false });
    expect(await services.openFile({ fileId: file.id, contactId: other.id })).toBeNull();
  });

  it('holds what a contact may bring in a day, also in parallel', async () => {
    const { id } = await visitor();
    const row = await desk.kernel.db.knex('contacts').where({ uid: id }).first('id');
    const stored = { key: newId(), type: 'text/plain', size: 20 * 1024 * 1024, isImage: false, width: null, height: null };
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => storeAttachment(desk.as(grace), { stored, name: 'big', owner: { type: 'contact', id: row.id } })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({ status: 413, details: { limit: 'visitorUploadBytesPerDay' } });
  });

  it('never shows a contact anything of a note, whatever happens around it', { timeout: 120_000 }, async () => {
    const canary = 'CANARYx7';
    const step = fc.constantFrom('contact', 'reply', 'note', 'file-note', 'mention', 'close', 'tags', 'assign', 'ticket', 'subject', 'contact-read');
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const { id } = await visitor();
      const { conversation } = await say(id, 'Hello');
      const uid = conversation.id;
      const files: string[] = [];
      const change = async (body: object) => changeConversation(desk.as(grace), uid, { version: (await readConversation(grace, uid)).version, ...body });
      const answers: unknown[] = [];
      for (const name of steps) {
        if (name === 'contact') answers.push(await say(id, 'And more', { conversationId: uid }));
        if (name === 'reply') await desk.answer(grace, uid, 'A public answer');
        if (name === 'note') await desk.answer(grace, uid, `${canary} internal`, { kind: 'note' });
        if (name === 'mention') await desk.answer(grace, uid, `${canary} @Grace look`, { kind: 'note' });
        if (name === 'file-note') {
          const file = await upload({ type: 'operator', id: grace.actor.id ?? '' }, canary);
          files.push(file.id);
          await desk.answer(grace, uid, canary, { kind: 'note', attachmentIds: [file.id] });
        }
        if (name === 'close') answers.push(await services.conversations.close({ contactId: id, conversationId: uid }));
        if (name === 'tags') await change({ tags: [canary] });
        if (name === 'assign') await change({ assigneeIds: [grace.actor.id], priority: 'urgent' });
        if (name === 'ticket') await escalateConversation(desk.as(grace), uid);
        if (name === 'contact-read') await services.conversations.markRead({ contactId: id, conversationId: uid, seq: 100 });
        answers.push(await services.conversations.get({ contactId: id, conversationId: uid }), await services.conversations.list({ contactId: id }), await services.conversations.messages({ contactId: id, conversationId: uid }));
      }
      await desk.allDelivered();
      for (const fileId of files) {
        expect(await services.files.get({ fileId, contactId: id })).toBeNull();
        expect(await services.openFile({ fileId, contactId: id })).toBeNull();
      }
      const told = JSON.stringify([answers, desk.sentToContact.filter(({ contactId }) => contactId === id)]);
      expect(told).not.toContain(canary);
      expect(told).not.toContain('"note"');
      for (const fileId of files) expect(told).not.toContain(fileId);
      expect(desk.sentToContact.some(({ contactId, event }) => contactId === id && event === 'message:new')).toBe(true);
    }), { numRuns: 15 });
  });
});
