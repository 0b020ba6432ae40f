import type { KnowledgeApi } from '@plugboard/sdk';
import { createActionContext } from '../../kernel/action-context.ts';
import type { Kernel } from '../../kernel/context.ts';
import type { PluginActor } from '../../kernel/policy/actor.ts';
import { readBrand } from '../brands/index.ts';
import { audiencesIn, createPluginArticles } from '../knowledge/index.ts';
import { guidanceOf } from '../knowledge-sources/index.ts';
import { searchPassages } from '../retrieval/index.ts';

const most = 20;

/** The knowledge for plugins. What a reader may find follows from who they are; a plugin cannot ask for more. */
export function createPluginKnowledge(kernel: Kernel, actor: PluginActor): KnowledgeApi {
  const asPlugin = () => createActionContext(kernel, actor);
  return {
    ...createPluginArticles(asPlugin),
    async search({ query, brandId, for: reader, locale, limit }) {
      const brand = await readBrand(kernel.db.knex, brandId);
      const ctx = asPlugin();
      return searchPassages(ctx, { query, brandId: brand.id, audiences: await audiencesIn(ctx, brand, reader), locale, limit: Math.max(1, Math.min(most, Math.trunc(limit ?? 6))) });
    },
    async guidance({ brandId }) {
      return guidanceOf(asPlugin(), (await readBrand(kernel.db.knex, brandId)).id);
    },
  };
}
