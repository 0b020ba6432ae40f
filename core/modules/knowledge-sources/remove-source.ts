import { afterCommit } from '../../kernel/db/transaction-scope.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { audit } from '../audit/index.ts';
import { removeSource as removePassages } from '../retrieval/index.ts';
import { SourceDocument } from './source-document.model.ts';
import { KnowledgeSource } from './source.model.ts';
import { readSource } from './source.queries.ts';
import { tellGuidance, tellSource } from './tell-source.ts';

/** Takes a source away with its passages, its documents and its file; a reading that goes on finds no row to write for. */
export async function removeSource(ctx: ActionContext, { id }: { id: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const source = await readSource(tx, id, { isLocked: true });
    tx.authorize('knowledge-source.edit', source);
    await removePassages(tx, source.uid);
    await SourceDocument.query(tx.db).where({ source_id: source.id }).delete();
    await KnowledgeSource.query(tx.db).findById(source.id).delete();
    await audit(tx, 'knowledge-source.removed', { type: 'knowledge-source', id }, { name: source.name, kind: source.kind });
    if (source.kind === 'guidance') await tellGuidance(tx, source.brand_id);
    await tellSource(tx, source);
    const { file_key: key } = source;
    // Row first: a file without a row is only wasted space.
    if (key !== null) afterCommit(() => void ctx.kernel.files.remove(key).catch((error: unknown) => ctx.log.warn({ err: error }, 'the file of a source could not be removed')));
  });
}
