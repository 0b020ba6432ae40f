import type { PluginContext, ReceiveAck, ReceivedMessage } from '@plugboard/sdk';
import { AppError } from '../../errors.ts';
import type { PluginActor } from '../../policy/actor.ts';
import { currentDepth } from '../plugin-calls.ts';
import type { PluginInstance } from '../plugin-instance.ts';
import { runAsPlugin } from '../plugin-scope.ts';
import type { PluginDesk, PluginServices } from '../services.ts';

const maxDepth = 8;

/** The plugin as an actor, one action deeper than what led here. Refused past eight: two plugins then answer each other. */
export function actorOf(instance: PluginInstance): PluginActor {
  const depth = currentDepth() + 1;
  if (depth > maxDepth) throw new AppError(409, 'plugin_loop', { plugin: instance.id, limit: maxDepth });
  return { type: 'plugin', id: instance.id, permissions: instance.permissions, depth };
}

export type DeskApi = Pick<PluginContext, 'contacts' | 'conversations' | 'files' | 'brands' | 'departments' | 'operators' | 'knowledge'> & {
  runs: PluginDesk['runs'];
  receive(channelId: string, message: ReceivedMessage): Promise<ReceiveAck>;
};

/** Does something at the desk as the plugin, which was given the permission. */
type As = <T>(permission: string, work: (desk: PluginDesk) => Promise<T>) => Promise<T>;

/** What speaks of people and conversations: each call asks for its permission, then goes to the modules as the plugin. */
export function createDeskApi(instance: PluginInstance, services: PluginServices): DeskApi {
  const as: As = async (permission, work) => {
    instance.need(permission);
    const actor = actorOf(instance);
    return runAsPlugin(instance.id, permission, () => work(services(actor)), actor.depth);
  };
  return {
    contacts: {
      create: (input) => as('contacts:write', (desk) => desk.contacts.create(input)),
      get: (id) => as('contacts:read', (desk) => desk.contacts.get(id)),
      update: (id, input) => as('contacts:write', (desk) => desk.contacts.update(id, input)),
      isKnownAddress: (input) => as('contacts:read', (desk) => desk.contacts.isKnownAddress(input)),
      verify: (input) => as('contacts:write', (desk) => desk.contacts.verify(input)),
      identify: (input) => as('contacts:write', (desk) => desk.contacts.identify(input)),
      identifyCompany: (input) => as('contacts:write', (desk) => desk.contacts.identifyCompany(input)),
      setContext: (input) => as('contacts:write', (desk) => desk.contacts.setContext(input)),
      track: (input) => as('contacts:write', (desk) => desk.contacts.track(input)),
      sessions: {
        create: (contactId, options) => as('contacts:write', (desk) => desk.contacts.sessions.create(contactId, options)),
        verify: (token) => as('contacts:read', (desk) => desk.contacts.sessions.verify(token)),
        revoke: (token) => as('contacts:write', (desk) => desk.contacts.sessions.revoke(token)),
      },
    },
    conversations: {
      list: (input) => as('conversations:read', (desk) => desk.conversations.list(input)),
      get: (input) => as('conversations:read', (desk) => desk.conversations.get(input)),
      messages: (input) => as('messages:read', (desk) => desk.conversations.messages(input)),
      markRead: (input) => as('conversations:write', (desk) => desk.conversations.markRead(input)),
      typing: (input) => as('conversations:write', (desk) => desk.conversations.typing(input)),
      close: (input) => as('conversations:write', (desk) => desk.conversations.close(input)),
      resolved: (input) => as('conversations:read', (desk) => desk.conversations.resolved(input)),
      answer: (input) => as('messages:read', (desk) => desk.conversations.answer(input)),
      rateAnswer: (input) => as('conversations:write', (desk) => desk.conversations.rateAnswer(input)),
      askForPerson: (input) => as('conversations:write', (desk) => desk.conversations.askForPerson(input)),
      presence: (input) => as('conversations:read', (desk) => desk.conversations.presence(input)),
    },
    knowledge: knowledgeApi(as),
    runs: (input) => as('conversations:read', (desk) => desk.runs(input)),
    files: {
      claimUpload: (input) => as('files:write', (desk) => desk.files.claimUpload(input)),
      get: (input) => as('files:read', (desk) => desk.files.get(input)),
    },
    brands: {
      list: (of) => as('brands:read', (desk) => desk.brands.list(of)),
      get: (idOrSlug) => as('brands:read', (desk) => desk.brands.get(idOrSlug)),
    },
    departments: { list: () => as('departments:read', (desk) => desk.departments.list()) },
    operators: {
      get: (id) => as('operators:read', (desk) => desk.operators.get(id)),
      audience: (input) => as('operators:read', (desk) => desk.operators.audience(input)),
    },
    receive: (channelId, message) => as('messages:write', (desk) => desk.receive(channelId, message)),
  };
}

const knowledgeApi = (as: As): DeskApi['knowledge'] => ({
  search: (input) => as('knowledge:read', (desk) => desk.knowledge.search(input)),
  guidance: (input) => as('knowledge:read', (desk) => desk.knowledge.guidance(input)),
  draftArticle: (input) => as('knowledge:write', (desk) => desk.knowledge.draftArticle(input)),
  categories: (input) => as('knowledge:read', (desk) => desk.knowledge.categories(input)),
  articles: (input) => as('knowledge:read', (desk) => desk.knowledge.articles(input)),
  article: (input) => as('knowledge:read', (desk) => desk.knowledge.article(input)),
  rateArticle: (input) => as('knowledge:write', (desk) => desk.knowledge.rateArticle(input)),
});
