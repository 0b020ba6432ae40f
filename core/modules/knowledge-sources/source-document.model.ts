import { Model } from 'objection';
import type { DocumentKind } from '@plugboard/sdk';
import type { SourceKind, SourceState } from '../../shared/knowledge.ts';

/** `skipped`: an address that is no document of its own. `removed`: taken away by a person; it is not fetched again. */
export type DocumentState = SourceState | 'skipped' | 'removed';

/** A page, a file's text or a conversation of a source. */
export class SourceDocument extends Model {
  static override tableName = 'knowledge_documents';
  declare id: number;
  declare uid: string;
  declare source_id: number;
  declare address_hash: string;
  declare conversation_id: number | null;
  /** Of a conversation; what is not a conversation is for the brands of its source. */
  declare brand_id: number | null;
  declare title: string;
  declare url: string | null;
  declare locale: string | null;
  declare state: DocumentState;
  declare error: string | null;
  declare depth: number;
  declare seen_run: number;
  declare fetched_run: number;
  declare tries: number;
  declare etag: string | null;
  declare last_modified: string | null;
  declare content_hash: string | null;
  declare markdown: string | null;
  declare is_indexed: number;
  declare passage_count: number;
  declare created_at: number;
  declare updated_at: number;
}

export const documentKindOf: Readonly<Record<Exclude<SourceKind, 'guidance'>, DocumentKind>> = { website: 'page', file: 'file', text: 'text', conversations: 'conversation' };
