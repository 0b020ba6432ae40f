import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReceiveAck } from '@plugboard/sdk';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConversationDesk, type ConversationDesk } from '../../../tests/support/conversation-desk.ts';
import { eventually } from '../../../tests/support/databases.ts';
import { createActionContext } from '../../kernel/action-context.ts';
import type { Kernel } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import type { PluginDesk } from '../../kernel/plugins/services.ts';
import { system } from '../../kernel/policy/actor.ts';
import { createPluginServices } from '../channels/index.ts';
import { Contact } from '../contacts/index.ts';
import { verifyContact } from './index.ts';

describe.each(['sqlite', 'mariadb'] as const)('contacts that become one, on %s', (engine) => {
  let desk: ConversationDesk;
  let services: PluginDesk;
  let count = 0;
  beforeAll(async () => {
    desk = await startConversationDesk(engine);
    services = createPluginServices(desk.kernel)({ type: 'plugin', id: 'chat', permissions: new Set(), depth: 1 });
  });
  afterAll(() => desk.stop());

  const externalId = () => `m_${(count += 1)}`;
  const visitor = async () => (await services.contacts.create({ brandId: desk.brand.uid, email: `visitor${(count += 1)}@example.com` })).id;
  const person = async (id: string) => (await services.contacts.verify({ contactId: null, brandId: desk.brand.uid, identity: { externalId: id } })).contact.id;
  const verify = (contactId: string, id: string) => services.contacts.verify({ contactId, brandId: desk.brand.uid, identity: { externalId: id } });
  const say = (contactId: string, text: string, more: { cid?: string; conversationId?: string; attachmentIds?: string[] } = {}): Promise<ReceiveAck> =>
    services.receive('chat', { contactId, cid: randomUUID(), text, ...(more.conversationId ? {} : { open: {} }), ...more });
  const rowId = async (uid: string) => (await Contact.query(desk.kernel.db.knex).findOne({ uid }).throwIfNotFound()).id;
  const threadOf = async (contactId: string, conversationId: string) => (await services.conversations.messages({ contactId, conversationId, limit: 100 })).data;

  it('brings conversations, messages, files and browsers along', async () => {
    const id = externalId();
    const [from, into] = [await visitor(), await person(id)];
    const path = join(desk.kernel.files.uploadDir, newId());
    await writeFile(path, 'hello');
    const file = await services.keepUpload({ stored: await desk.kernel.files.put(path, 'a.txt'), name: 'a.txt', owner: { type: 'contact', id: from } });
    const { conversation, message } = await say(from, 'Before');
    const { token } = await services.contacts.sessions.create(from);
    expect(await verify(from, id)).toMatchObject({ merged: true, contact: { id: into, externalId: id } });
    expect((await services.conversations.list({ contactId: into })).data.map((row) => row.id)).toEqual([conversation.id]);
    expect(await threadOf(into, conversation.id)).toMatchObject([{ id: message.id, isMine: true, author: { type: 'contact', id: into } }]);
    expect(await services.contacts.sessions.verify(token)).toMatchObject({ contactId: into });
    // By the old id as well: a plugin or a page that has not heard of it yet.
    expect(await services.contacts.get(from)).toMatchObject({ id: into });
    const after = await say(from, 'After', { conversationId: conversation.id, attachmentIds: [file.id] });
    expect(after.message).toMatchObject({ isMine: true, author: { id: into }, attachments: [{ id: file.id }] });
  });

  it('answers repeats of a cid from before the same, as the first message and in the middle', async () => {
    const id = externalId();
    const [from, into] = [await visitor(), await person(id)];
    const [first, second] = [randomUUID(), randomUUID()];
    const opened = await say(from, 'First', { cid: first });
    const conversationId = opened.conversation.id;
    const next = await say(from, 'Second', { cid: second, conversationId });
    await verify(from, id);
    for (const contactId of [from, into]) {
      expect(await say(contactId, 'First', { cid: first })).toMatchObject({ repeated: true, message: { id: opened.message.id, isMine: true }, conversation: { id: conversationId } });
      expect(await say(contactId, 'Second', { cid: second, conversationId })).toMatchObject({ repeated: true, message: { id: next.message.id } });
    }
    expect(await threadOf(into, conversationId)).toHaveLength(2);
  });

  it('keeps both conversations when both began one with the same cid', async () => {
    const id = externalId();
    const [from, into] = [await visitor(), await person(id)];
    const cid = randomUUID();
    const [theirs, own] = [await say(from, 'The same', { cid }), await say(into, 'The same', { cid })];
    await verify(from, id);
    expect((await services.conversations.list({ contactId: into })).data.map((row) => row.id).sort()).toEqual([theirs.conversation.id, own.conversation.id].sort());
    expect(await say(into, 'The same', { cid })).toMatchObject({ repeated: true, conversation: { id: own.conversation.id } });
  });

  it('loses and doubles nothing of what is written while it happens', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = externalId();
      const [from, into] = [await visitor(), await person(id)];
      const { conversation } = await say(from, 'Start');
      const sends = Array.from({ length: 12 }, (_, index) => ({ cid: randomUUID(), text: `Message ${index}`, ...(index % 3 === 0 ? {} : { conversationId: conversation.id }) }));
      const send = ({ cid, text, conversationId }: (typeof sends)[number]) => say(from, text, { cid, ...(conversationId ? { conversationId } : {}) });
      const [, ...acks] = await Promise.all([
        (async () => {
          await send(sends[0]!);
          await verify(from, id);
        })(),
        ...sends.slice(1).map(send),
      ]);
      const again = await Promise.all(sends.map(send));
      expect(again.every(({ repeated }) => repeated)).toBe(true);
      expect(again.slice(1).map(({ message }) => message.id)).toEqual(acks.map((ack) => (ack as ReceiveAck).message.id));
      const { knex } = desk.kernel.db;
      const rows = await knex('messages').join('conversations', 'conversations.id', 'messages.conversation_id').where({ contact_id: await rowId(into) }).select('author_id', 'messages.cid as cid', 'seq', 'conversation_id');
      expect(rows.map(({ cid }) => cid as string).filter((cid) => sends.some((sent) => sent.cid === cid)).sort()).toEqual(sends.map(({ cid }) => cid).sort());
      expect(new Set(rows.map(({ author_id: author }) => author as number))).toEqual(new Set([await rowId(into)]));
      expect(await knex('conversations').where({ contact_id: await rowId(from) })).toEqual([]);
      const seqs = (await threadOf(into, conversation.id)).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    }
  });

  it('takes a message along that was on its way before the merge and is stored after it', async () => {
    const id = externalId();
    const [from, into] = [await visitor(), await person(id)];
    const { conversation } = await say(from, 'Start');
    for (const conversationId of [conversation.id, undefined]) {
      const late = conversationId ? from : await visitor();
      let isMerged = false;
      const stop = desk.listen('filter', 'message.incoming', async (value) => {
        if (!isMerged) {
          isMerged = true;
          await verify(late, id);
        }
        return value;
      });
      const cid = randomUUID();
      const ack = await say(late, 'On its way', { cid, ...(conversationId ? { conversationId } : {}) });
      stop();
      expect(ack).toMatchObject({ repeated: false, message: { isMine: true, author: { id: into } } });
      expect((await threadOf(into, ack.conversation.id)).at(-1)).toMatchObject({ id: ack.message.id, cid, isMine: true });
      expect(await say(late, 'On its way', { cid, ...(conversationId ? { conversationId } : {}) })).toMatchObject({ repeated: true, message: { id: ack.message.id } });
    }
  });

  it('lets what the person has itself win, and keeps the rest', async () => {
    const id = externalId();
    const [from, into] = [await visitor(), await person(id)];
    const entry = (label: string) => ({ label, type: 'status' as const, value: label });
    await services.contacts.identify({ contactId: from, isTrusted: false, traits: { plan: 'claimed', color: 'red', name: 'Eve', locale: 'fr', time_zone: 'Europe/Paris', signed_up_at: 1_700_000_000 }, context: { cart: entry('Old cart'), page: entry('Page') } });
    await services.contacts.identify({ contactId: into, isTrusted: true, traits: { plan: 'pro', locale: 'de' }, context: { cart: entry('Cart') } });
    await services.contacts.track({ contactId: from, kind: 'page', name: '/pricing' });
    await services.contacts.track({ contactId: into, kind: 'event', name: 'signed in' });
    await services.contacts.identifyCompany({ contactId: from, isTrusted: false, externalId: 'acme', traits: { name: 'Acme?' } });
    await desk.kernel.db.knex('plugins').insert({ id: 'keeper', desired: 'off', consented: '[]', listens: '{}', changed_at: 1 }).onConflict('id').ignore();
    const kept = (uid: string, key: string, value: string) => desk.kernel.db.knex('plugin_store').insert({ plugin_id: 'keeper', scope: `contact:${uid}`, key, value, updated_at: 1 });
    for (const [uid, key, value] of [[from, 'a', '1'], [from, 'b', '2'], [into, 'b', '3']] as const) await kept(uid, key, value);
    await verify(from, id);
    const { knex } = desk.kernel.db;
    const row = await Contact.query(knex).findOne({ uid: into }).throwIfNotFound();
    expect(row).toMatchObject({ name: 'Eve', locale: 'de', time_zone: 'Europe/Paris', signed_up_at: 1_700_000_000_000, traits: '{"plan":"pro"}' });
    expect(JSON.parse(row.claimed_traits!)).toMatchObject({ plan: 'claimed', color: 'red' });
    const entries = await knex('context_entries').where({ owner_type: 'contact', owner_id: row.id }).orderBy('entry_key').select('entry_key', 'label', 'is_trusted');
    expect(entries).toEqual([{ entry_key: 'cart', label: 'Cart', is_trusted: 1 }, { entry_key: 'page', label: 'Page', is_trusted: 0 }]);
    expect((await knex('contact_activity').where({ contact_id: row.id }).orderBy('id').select('name')).map(({ name }) => name as string)).toEqual(['/pricing', 'signed in']);
    expect(await knex('companies').where({ id: row.company_id }).first('external_id', 'claimed_by')).toEqual({ external_id: 'acme', claimed_by: row.id });
    expect(await knex('plugin_store').where({ plugin_id: 'keeper', scope: `contact:${into}` }).orderBy('key').select('key', 'value')).toEqual([{ key: 'a', value: '1' }, { key: 'b', value: '3' }]);
    expect(await knex('context_entries').where({ owner_type: 'contact', owner_id: await rowId(from) })).toEqual([]);
  });

  it('is all or nothing', async () => {
    const id = externalId();
    const [from, into] = [await visitor(), await person(id)];
    const { conversation } = await say(from, 'Hi');
    const ctx = createActionContext(desk.kernel, system);
    await expect(ctx.transaction(async (tx) => {
      await verifyContact(tx, { contactId: from, brand: desk.brand, identity: { externalId: id } });
      throw new Error('cut');
    })).rejects.toThrow('cut');
    expect(await services.contacts.get(from)).toMatchObject({ id: from });
    expect((await services.conversations.list({ contactId: from })).data).toMatchObject([{ id: conversation.id }]);
    expect((await services.conversations.list({ contactId: into })).data).toEqual([]);
  });

  const open = async (kernel: Kernel, url: string): Promise<{ connect(contactId: string): Promise<{ socket: Socket; heard: string[]; isClosed: () => boolean }>; dispose(): Promise<void> }> => {
    const namespace = await kernel.realtime.pluginNamespace<{ contactId: string }>('people', { name: 'visitors', feed: 'contact', events: {}, handshake: async ({ contactId }) => ({ contactId: contactId as string }) });
    return {
      dispose: () => namespace.dispose(),
      async connect(contactId) {
        const socket = io(`${url}/plugins/people/visitors`, { transports: ['websocket'], forceNew: true, reconnection: false, auth: { contactId } });
        const heard: string[] = [];
        let closed = false;
        socket.onAny((event: string) => heard.push(event));
        socket.on('disconnect', () => { closed = true; });
        await new Promise((resolve) => socket.once('connect', () => resolve(null)));
        return { socket, heard, isClosed: () => closed };
      },
    };
  };

  it('tells and closes the sockets of who was merged, on every process, also one that opens at that moment', async () => {
    const other = await desk.anotherProcess();
    const [here, there] = [await open(desk.kernel, desk.url), await open(other.kernel, other.url)];
    try {
      const id = externalId();
      const [from, into] = [await visitor(), await person(id)];
      const sockets = [await here.connect(from), await there.connect(from)];
      const own = await here.connect(into);
      const { conversation } = await say(from, 'Hi');
      await eventually('the message came', () => sockets.every(({ heard }) => heard.includes('message:new')));
      await verify(from, id);
      await eventually('both are told and closed', () => sockets.every(({ heard, isClosed }) => isClosed() && heard.at(-1) === 'session:changed'));
      await eventually('the person sees the conversation', () => own.heard.includes('conversation:changed'));
      // The handshake of this one was answered with the old id.
      const late = await here.connect(from);
      await eventually('the late one is told', () => late.isClosed() && late.heard.includes('session:changed'));
      const again = await there.connect(into);
      await say(from, 'And on', { conversationId: conversation.id });
      await eventually('messages reach the person', () => own.heard.includes('message:new') && again.heard.includes('message:new'));
      expect(own.isClosed()).toBe(false);
      for (const { socket } of [own, again]) socket.disconnect();
    } finally {
      await Promise.all([here.dispose(), there.dispose()]);
      await other.stop();
    }
  });
});
