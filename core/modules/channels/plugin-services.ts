import { createActionContext } from '../../kernel/action-context.ts';
import type { Kernel } from '../../kernel/context.ts';
import type { PluginServices } from '../../kernel/plugins/services.ts';
import { createPluginRuns } from '../assistants/index.ts';
import { findBrand, findBrandBySlug, presentBrand, selectBrands } from '../brands/index.ts';
import { presentDepartment, selectDepartments } from '../departments/index.ts';
import { sendTemplateMail } from '../email-templates/index.ts';
import { audienceOf } from '../notifications/index.ts';
import { loadOperatorActor } from '../operators/index.ts';
import { createPluginContacts } from './plugin-contacts.ts';
import { createPluginConversations } from './plugin-conversations.ts';
import { createPluginFiles } from './plugin-files.ts';
import { createPluginKnowledge } from './plugin-knowledge.ts';
import { receiveMessage } from './receive.ts';

/** The desk as plugins reach it: the same commands, policies and presenters that REST and sockets use. */
export function createPluginServices(kernel: Kernel): PluginServices {
  const { knex } = kernel.db;
  const conversations = createPluginConversations(kernel);
  const runs = createPluginRuns(kernel);
  return (actor) => ({
    contacts: createPluginContacts(kernel, actor),
    conversations,
    runs,
    knowledge: createPluginKnowledge(kernel, actor),
    ...createPluginFiles(kernel, actor),
    brands: {
      async list(of) {
        const reach = of === undefined ? 'all' : (of.for.id === null ? null : await loadOperatorActor(kernel, of.for.id))?.brandIds ?? new Set<number>();
        return (await selectBrands(knex)).filter(({ id }) => reach === 'all' || reach.has(id)).map((brand) => presentBrand(brand));
      },
      async get(idOrSlug) {
        const brand = await findBrand(knex, idOrSlug) ?? await findBrandBySlug(knex, idOrSlug);
        return brand ? presentBrand(brand) : null;
      },
    },
    departments: { list: async () => (await selectDepartments(knex)).map((row) => presentDepartment(row)) },
    operators: {
      async get(id) {
        const operator = await knex<{ uid: string; name: string; removed_at: number | null }>('operators').where({ uid: id }).whereNull('removed_at').first('uid', 'name');
        return operator ? { id: operator.uid, name: operator.name, avatarUrl: null } : null;
      },
      audience: (input) => audienceOf(kernel, input),
    },
    sendMail: (template, mail) => sendTemplateMail(createActionContext(kernel, actor), template, mail),
    receive: (channelId, message) => receiveMessage(kernel, channelId, message),
  });
}
