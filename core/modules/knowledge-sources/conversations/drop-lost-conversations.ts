import type { ActionContext } from '../../../kernel/context.ts';
import { selectRows } from '../../../kernel/db/statement.ts';
import { removeDocument } from '../../retrieval/index.ts';
import { SourceDocument } from '../source-document.model.ts';
import { KnowledgeSource } from '../source.model.ts';
import { lockSource } from '../source.queries.ts';
import { finishedSql } from './resolved-conversations.ts';

const batch = 500;

/** What was learned from conversations that are gone, open again, or spam is forgotten. */
export async function dropLostConversations(ctx: ActionContext): Promise<void> {
  const rows = await selectRows<{ conversation_id: number }>(ctx.db, `SELECT DISTINCT d.conversation_id FROM knowledge_documents d
    LEFT JOIN conversations c ON c.id = d.conversation_id AND ${finishedSql}
    WHERE d.conversation_id IS NOT NULL AND d.state <> 'removed' AND c.id IS NULL LIMIT ${batch}`);
  for (const { conversation_id: id } of rows) await ctx.transaction((tx) => dropConversation(tx, id));
}

/** Forgets what was learned from a conversation (row id), in the transaction in which it is erased or becomes part of another one. */
export async function dropConversation(tx: ActionContext, conversationId: number): Promise<void> {
  const documents = await SourceDocument.query(tx.db).select('id', 'uid', 'source_id').where({ conversation_id: conversationId });
  for (const { id, uid, source_id } of documents) {
    const source = await lockSource(tx.db, source_id);
    const document = await SourceDocument.query(tx.db).findById(id);
    if (!document) continue;
    await removeDocument(tx, { kind: 'conversation', id: uid });
    await SourceDocument.query(tx.db).findById(id).delete();
    if (!source || document.is_indexed !== 1) continue;
    await KnowledgeSource.query(tx.db).findById(source.id).patch({ document_count: Math.max(0, source.document_count - 1), passage_count: Math.max(0, source.passage_count - document.passage_count) });
  }
}
