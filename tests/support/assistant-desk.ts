import { randomUUID } from 'node:crypto';
import type { AssistantAccount, AssistantAnswer, AssistantProvider, AssistantTurn, ContactDto, ReceiveAck, TurnCall } from '@plugboard/sdk';
import { createActionContext } from '../../core/kernel/action-context.ts';
import type { ProviderRegistry } from '../../core/kernel/plugins/providers.ts';
import type { PluginDesk } from '../../core/kernel/plugins/services.ts';
import { createPluginServices } from '../../core/modules/channels/index.ts';
import { addMessage } from '../../core/modules/conversations/index.ts';
import { loadOperatorActor } from '../../core/modules/operators/index.ts';
import { eventually, type Engine } from './databases.ts';
import { startDesk, type TestDesk } from './desk.ts';
import { Operator } from './operator.ts';

export type Answering = (turn: AssistantTurn, call: TurnCall) => Promise<AssistantAnswer>;

/** A whole desk with an assistant that says what the test wants, and people who write to it. */
export interface AssistantDesk {
  desk: TestDesk;
  owner: Operator;
  services: PluginDesk;
  brandId: string;
  /** What it answers from now on. */
  answers(answering: Answering): void;
  /** What it is from now on. */
  account: AssistantAccount;
  /** Changes its mode; ends once the desk knows. */
  become(mode: AssistantAccount['mode']): Promise<void>;
  assist: NonNullable<AssistantProvider['assist']>;
  /** Takes it away, as a plugin that is switched off; answers what brings it back. */
  remove(): () => void;
  contact(): Promise<ContactDto>;
  /** Begins a conversation that the assistant looks after, or goes on with one. */
  write(contact: ContactDto, text: string, conversationId?: string): Promise<ReceiveAck>;
  /** The owner's reply, past the limits of REST. */
  replyAsPerson(conversationId: string, text: string): Promise<void>;
  /** Replies in the thread, as `author: text`, notes in brackets; once `done` says so. */
  thread(conversationId: string): Promise<string[]>;
  conversation(conversationId: string): Promise<{ assistantState: string; status: string; number: string | null; version: number; assignees: { id: string; name: string }[]; waitingSince: string | null }>;
  /** Waits until the conversation has this many ended turns; answers their states, the oldest first. */
  ended(conversationId: string, turns: number): Promise<string[]>;
  stop(): Promise<void>;
}

export async function startAssistantDesk(database: Engine): Promise<AssistantDesk> {
  const desk = await startDesk({ database });
  const owner = await Operator.signIn(desk.url);
  const ownerId = ((await owner.call('GET', '/session')).body.operator as unknown as { id: string }).id;
  const services = createPluginServices(desk.kernel)({ type: 'plugin', id: 'test', permissions: new Set(), depth: 1 });
  const brandId = (await services.brands.list())[0]?.id ?? '';
  let answering: Answering = async () => ({ text: 'Hello' });
  const account: AssistantAccount = { id: 'main', name: 'Robo', brandIds: 'all', mode: 'answer', isDefault: true };
  const provider: AssistantProvider = {
    id: 'robo', label: 'name', accounts: async () => [{ ...made.account }], answer: (turn, call) => answering(turn, call), assist: (request, call) => made.assist(request, call),
  };
  const registry = desk.plugins.providers as ProviderRegistry;
  const add = () => registry.add('assistant', 'robo', provider.id, provider);
  let take = add();
  const runs = (conversationId: string) => desk.kernel.db.knex<{ status: string }>('assistant_runs').join('conversations as c', 'c.id', 'assistant_runs.conversation_id')
    .where('c.uid', conversationId).whereNot('assistant_runs.status', 'running').orderBy('assistant_runs.id').select('assistant_runs.status') as unknown as Promise<{ status: string }[]>;
  const made: AssistantDesk = {
    desk, owner, services, brandId, account,
    assist: async () => ({ text: 'Help' }),
    answers(next) { answering = next; },
    async become(mode) {
      account.mode = mode;
      await eventually('the desk knows', async () => ((await owner.call('GET', '/assistants')).body.data as unknown as { mode: string }[])[0]?.mode === mode);
    },
    remove() {
      take();
      return () => { take = add(); };
    },
    contact: () => services.contacts.create({ brandId, kind: 'identified', name: 'Ada' }),
    write: (contact, text, conversationId) => services.receive('chat', {
      contactId: contact.id, cid: randomUUID(), text, ...(conversationId ? { conversationId } : { open: { assistant: true } }),
    }),
    async replyAsPerson(conversationId, text) {
      const actor = await loadOperatorActor(desk.kernel, ownerId);
      if (actor) await addMessage(createActionContext(desk.kernel, actor), { conversationId, cid: randomUUID(), kind: 'reply', text, attachmentIds: [] });
    },
    async thread(conversationId) {
      const { body } = await owner.call('GET', `/conversations/${conversationId}/messages?limit=100`);
      const data = body.data as unknown as { kind: string; author: { type: string }; body: { text: string } }[];
      return data.filter(({ kind }) => kind !== 'event').map(({ kind, author, body: { text } }) => (kind === 'note' ? `[${author.type}: ${text}]` : `${author.type}: ${text}`));
    },
    conversation: async (conversationId) => (await owner.call('GET', `/conversations/${conversationId}`)).body as never,
    async ended(conversationId, turns) {
      await eventually(`${turns} turns ended`, async () => (await runs(conversationId)).length >= turns);
      return (await runs(conversationId)).map(({ status }) => status);
    },
    async stop() {
      owner.leave();
      await desk.stop();
    },
  };
  return made;
}
