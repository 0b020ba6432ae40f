import type { ActionContext } from '../../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../../kernel/db/cursor.ts';
import { invalid } from '../../kernel/errors.ts';
import type { SourceDto, SourceListQuery } from '../../shared/knowledge.ts';
import { brandUids } from '../brands/index.ts';
import { presentSource } from './source.presenter.ts';
import { reachableBrand, selectSources } from './source.queries.ts';

const list = 'knowledge-sources';

export async function listSources(ctx: ActionContext, query: SourceListQuery): Promise<{ data: SourceDto[]; nextCursor: string | null }> {
  const brandId = query.brandId === undefined ? undefined : await reachableBrand(ctx, query.brandId);
  if (query.brandId !== undefined && typeof brandId !== 'number') throw invalid('brandId', 'unknown_brand');
  const beforeId = query.cursor ? decodeCursor(list, query.cursor, ['number'])[0] as number : undefined;
  const rows = await selectSources(ctx, { brandId: brandId ?? undefined, kind: query.kind, beforeId, limit: query.limit + 1 });
  const page = toPage(rows, query.limit, (row) => encodeCursor(list, [row.id]));
  const brands = await brandUids(ctx.db);
  return { data: page.rows.map((row) => presentSource(row, brands)), nextCursor: page.nextCursor };
}
