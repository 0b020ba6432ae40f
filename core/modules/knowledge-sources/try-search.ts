import type { ReadAudience } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import type { KnowledgeTryAnswer, KnowledgeTryBody } from '../../shared/knowledge.ts';
import { selectBrands } from '../brands/index.ts';
import { audiencesOf, searchPassages } from '../retrieval/index.ts';
import { reachableBrand } from './source.queries.ts';

const within: Readonly<Record<ReadAudience, readonly ReadAudience[]>> = { public: ['public'], 'signed-in': ['public', 'signed-in'], internal: ['public', 'signed-in', 'internal'] };

/** What an answer to readers of this audience would find, as far as the operator may see it themselves. */
export async function trySearch(ctx: ActionContext, { query, brandId, locale, audience, limit }: KnowledgeTryBody): Promise<KnowledgeTryAnswer> {
  if (!isStaff(ctx.actor)) return { confidence: 0, passages: [] };
  const own = await audiencesOf(ctx.kernel, { operatorId: ctx.actor.id });
  return searchPassages(ctx, { query, brandId: await brandOf(ctx, brandId), audiences: within[audience].filter((name) => own.includes(name)), locale, limit });
}

/** The first brand that the operator reaches unless they name one. */
async function brandOf(ctx: ActionContext, uid: string | undefined): Promise<number> {
  const id = uid === undefined
    ? (await selectBrands(ctx.db)).find((brand) => ctx.can('knowledge-source.view', { brand_id: brand.id }))?.id
    : await reachableBrand(ctx, uid);
  if (id === undefined || id === null) throw invalid('brandId', 'unknown_brand');
  return id;
}
