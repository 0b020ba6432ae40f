import type { ActionContext } from '../../kernel/context.ts';
import { AppError, invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { FileSettings, SourceBody, SourceDto } from '../../shared/knowledge.ts';
import { audit } from '../audit/index.ts';
import { departmentRowIds } from '../departments/index.ts';
import { planRun } from './run-plan.ts';
import { KnowledgeSource } from './source.model.ts';
import { answerSource, reachableBrand } from './source.queries.ts';
import { tellGuidance, tellSource } from './tell-source.ts';

/** A source as somebody asked for it; of a file, with its key in the file store. */
export type NewSource = SourceBody | (Pick<SourceBody, 'name' | 'brandId' | 'audience' | 'locale' | 'isEnabled'> & { kind: 'file'; settings: FileSettings; fileKey: string });

const most = 500;

export async function createSource(ctx: ActionContext, input: NewSource): Promise<SourceDto> {
  const brandId = await reachableBrand(ctx, input.brandId);
  if (brandId === undefined) throw invalid('brandId', 'unknown_brand');
  ctx.authorize('knowledge-source.edit', { brand_id: brandId });
  if (input.kind === 'conversations') {
    ctx.authorize('knowledge-source.learn');
    await departmentRowIds(ctx.db, input.settings.departmentIds, 'settings.departmentIds');
  }
  return ctx.transaction(async (tx) => {
    const count = await KnowledgeSource.query(tx.db).resultSize();
    if (count >= most) throw new AppError(409, 'too_many_sources', { max: most });
    const source = await KnowledgeSource.query(tx.db).insertAndFetch({
      uid: newId(), kind: input.kind, name: input.name, brand_id: brandId, audience: input.audience, locale: input.locale, is_enabled: input.isEnabled ? 1 : 0,
      position: count, state: input.kind === 'guidance' ? 'ready' : 'pending', settings: JSON.stringify(input.settings), file_key: 'fileKey' in input ? input.fileKey : null,
      run_mode: 'fetch', created_at: tx.now, updated_at: tx.now,
    });
    await audit(tx, 'knowledge-source.created', { type: 'knowledge-source', id: source.uid }, { name: source.name, kind: source.kind, brandId: input.brandId, audience: source.audience });
    if (source.kind === 'guidance') await tellGuidance(tx, brandId);
    else if (input.isEnabled) await planRun(tx, source);
    await tellSource(tx, source);
    return answerSource(tx, source.uid);
  });
}
