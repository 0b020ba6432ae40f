import type { DocumentKind, KnowledgeReader, Passage, ReadAudience } from '@plugboard/sdk';
import type { Knex } from 'knex';
import type { ActionContext, Kernel } from '../../kernel/context.ts';
import { defineModule } from '../../kernel/module.ts';

export interface IndexedDocument {
  kind: DocumentKind;
  /** Public id. */
  id: string;
  /** Public id of the knowledge source that it came from. */
  sourceId: string | null;
  /** Row id; null: every brand. */
  brandId: number | null;
  audience: ReadAudience;
  locale: string;
  title: string;
  url: string | null;
  markdown: string;
  tags?: string[];
}
export interface PassageSearch { query: string; brandId: number; audiences: readonly ReadAudience[]; locale?: string | undefined; limit?: number | undefined }

const missing = (): never => { throw new Error('retrieval is not there yet'); };
export const indexDocument = async (_tx: ActionContext, _document: IndexedDocument): Promise<{ passages: number }> => missing();
export const removeDocument = async (_tx: ActionContext, _of: { kind: DocumentKind; id: string; locale?: string }): Promise<void> => missing();
export const removeSource = async (_tx: ActionContext, _sourceId: string): Promise<void> => missing();
export const searchPassages = async (_ctx: ActionContext, _search: PassageSearch): Promise<{ passages: Passage[]; confidence: number }> => missing();
export const countPassages = async (_db: Knex, _of: { sourceId: string } | { kind: DocumentKind; id: string }): Promise<number> => missing();
export const audiencesOf = async (_kernel: Kernel, _reader: KnowledgeReader): Promise<ReadAudience[]> => missing();

export const retrievalModule = defineModule({ id: 'retrieval' });
