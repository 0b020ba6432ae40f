import { createHash } from 'node:crypto';
import type { ActionContext } from '../../kernel/context.ts';
import { newId } from '../../kernel/ids.ts';
import { SourceDocument } from './source-document.model.ts';
import type { KnowledgeSource } from './source.model.ts';
import type { SourceRun } from './source-run.ts';

export const hashOf = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\u0000')).digest('hex');

export interface TextToStore { title: string; markdown: string; locale: string | null; brandId?: number; conversationId?: number; etag?: string }

/** Stores what was read at an address of the source and makes passages of it, unless it is what was read before. One that a person removed stays away. */
export async function storeText(run: SourceRun, tx: ActionContext, source: KnowledgeSource, address: string, text: TextToStore): Promise<void> {
  const address_hash = hashOf(address);
  const known = await SourceDocument.query(tx.db).findOne({ source_id: source.id, address_hash });
  if (known?.state === 'removed') return;
  const content_hash = hashOf(text.title, text.locale ?? '', text.markdown);
  const values = {
    title: text.title.slice(0, 500).toWellFormed(), locale: text.locale, markdown: text.markdown, content_hash, brand_id: text.brandId ?? null, conversation_id: text.conversationId ?? null,
    etag: text.etag ?? null, seen_run: run.run, fetched_run: run.run, state: 'ready' as const, error: null, updated_at: tx.now,
  };
  const isSame = known !== undefined && known.is_indexed === 1 && known.content_hash === content_hash && known.brand_id === values.brand_id;
  const id = known ? known.id : (await SourceDocument.query(tx.db).insert({ uid: newId(), source_id: source.id, address_hash, url: null, created_at: tx.now, ...values })).id;
  if (known) await SourceDocument.query(tx.db).findById(known.id).patch(values);
  if (isSame) return;
  const document = await SourceDocument.query(tx.db).findById(id).throwIfNotFound();
  await run.index(tx, source, { ...document, markdown: text.markdown }, known?.locale);
}
