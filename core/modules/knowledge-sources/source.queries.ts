import type { Knex } from 'knex';
import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import type { SourceDto, SourceKind } from '../../shared/knowledge.ts';
import { brandUids, findBrand } from '../brands/index.ts';
import { KnowledgeSource } from './source.model.ts';
import { presentSource } from './source.presenter.ts';

/** A source that the actor may see. One that it may not see does not exist for it. */
export async function readSource(ctx: ActionContext, uid: string, { isLocked = false } = {}): Promise<KnowledgeSource> {
  const query = KnowledgeSource.query(ctx.db).findOne({ uid });
  const source = await (isLocked ? query.forUpdate() : query);
  if (!source || !ctx.can('knowledge-source.view', source)) throw notFound('knowledge-source');
  return source;
}

/** The row, held until the transaction ends; undefined when it is gone. */
export const lockSource = (db: Knex, id: number): Promise<KnowledgeSource | undefined> => KnowledgeSource.query(db).findById(id).forUpdate().execute();

export async function answerSource(ctx: ActionContext, uid: string): Promise<SourceDto> {
  return presentSource(await readSource(ctx, uid), await brandUids(ctx.db));
}

export interface SourceFilter { brandId?: number | undefined; kind?: SourceKind | undefined; beforeId?: number | undefined; limit: number }

/** Newest first, of the brands that the actor reaches. A brand's sources are its own and those of every brand. */
export async function selectSources(ctx: ActionContext, { brandId, kind, beforeId, limit }: SourceFilter): Promise<KnowledgeSource[]> {
  const query = KnowledgeSource.query(ctx.db).orderBy('id', 'desc').limit(limit);
  if (isStaff(ctx.actor) && ctx.actor.brandIds !== 'all') query.whereIn('brand_id', [...ctx.actor.brandIds]);
  if (brandId !== undefined) query.where((either) => either.where({ brand_id: brandId }).orWhereNull('brand_id'));
  if (kind) query.where({ kind });
  if (beforeId !== undefined) query.where('id', '<', beforeId);
  return query;
}

/** Row id of a brand that the actor may name; null for every brand. `undefined`: it may not, or there is none. */
export async function reachableBrand(ctx: ActionContext, uid: string | null): Promise<number | null | undefined> {
  if (uid === null) return null;
  const brand = await findBrand(ctx.db, uid);
  return brand && ctx.can('knowledge-source.view', { brand_id: brand.id }) ? brand.id : undefined;
}
