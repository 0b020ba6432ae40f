import type { ActionContext } from '../../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../../kernel/db/cursor.ts';
import { notFound } from '../../kernel/errors.ts';
import type { SourceDocumentDto, SourceDocumentsQuery } from '../../shared/knowledge.ts';
import { audit } from '../audit/index.ts';
import { removeDocument as removePassages } from '../retrieval/index.ts';
import { presentDocument } from './source.presenter.ts';
import { KnowledgeSource } from './source.model.ts';
import { readSource } from './source.queries.ts';
import { documentKindOf, SourceDocument } from './source-document.model.ts';
import { tellSource } from './tell-source.ts';

const list = 'knowledge-documents';
const columns = ['id', 'uid', 'title', 'url', 'state', 'error', 'passage_count', 'updated_at'] as const;
const shownStates = ['pending', 'processing', 'ready', 'error'] as const;

/** Documents of a source, the ones met first first. */
export async function listDocuments(ctx: ActionContext, id: string, query: SourceDocumentsQuery): Promise<{ data: SourceDocumentDto[]; nextCursor: string | null }> {
  const source = await readSource(ctx, id);
  const rows = SourceDocument.query(ctx.db).select(...columns).where({ source_id: source.id }).orderBy('id').limit(query.limit + 1);
  if (query.state) rows.where({ state: query.state });
  else rows.whereIn('state', [...shownStates]);
  if (query.q) {
    const pattern = `%${query.q.replace(/[!%_]/g, '!$&')}%`;
    rows.where((either) => either.whereRaw(`title LIKE ? ESCAPE '!'`, [pattern]).orWhereRaw(`url LIKE ? ESCAPE '!'`, [pattern]));
  }
  if (query.cursor) rows.where('id', '>', decodeCursor(list, query.cursor, ['number'])[0] as number);
  const page = toPage(await rows, query.limit, (row) => encodeCursor(list, [row.id]));
  return { data: page.rows.map(presentDocument), nextCursor: page.nextCursor };
}

/** Takes one document away for good: its row stays, so that a later reading knows that nobody wants it. */
export async function removeDocument(ctx: ActionContext, input: { id: string; documentId: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const source = await readSource(tx, input.id, { isLocked: true });
    tx.authorize('knowledge-source.edit', source);
    const document = await SourceDocument.query(tx.db).findOne({ uid: input.documentId, source_id: source.id }).whereIn('state', [...shownStates]);
    if (!document || source.kind === 'guidance') throw notFound('document');
    await removePassages(tx, { kind: documentKindOf[source.kind], id: document.uid });
    await SourceDocument.query(tx.db).findById(document.id).patch({
      state: 'removed', title: '', error: null, markdown: null, content_hash: null, etag: null, last_modified: null, is_indexed: 0, passage_count: 0, updated_at: tx.now,
    });
    if (document.is_indexed === 1) {
      await KnowledgeSource.query(tx.db).findById(source.id).patch({ document_count: Math.max(0, source.document_count - 1), passage_count: Math.max(0, source.passage_count - document.passage_count) });
    }
    await audit(tx, 'knowledge-source.document-removed', { type: 'knowledge-source', id: source.uid }, { title: document.title, url: document.url });
    await tellSource(tx, source);
  });
}
