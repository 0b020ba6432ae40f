import type { ReadAudience } from '@plugboard/sdk';
import { Model } from 'objection';
import type { SourceDto, SourceKind, SourceState } from '../../shared/knowledge.ts';

/** Why something went wrong: a text key under `admin:knowledge.sources.errors`, with its values. */
export interface SourceError { key: SourceErrorKey; values: Record<string, string | number> }

export const sourceErrorKeys = [
  'address_refused', 'unreachable', 'timeout', 'http_status', 'too_large', 'redirects', 'robots', 'robots_unreachable', 'sitemap', 'no_pages', 'empty',
  'unreadable', 'encrypted', 'file_gone', 'too_complex', 'some_failed', 'stopped', 'time_limit', 'page_limit', 'crashed', 'internal',
] as const;
export type SourceErrorKey = (typeof sourceErrorKeys)[number];

/** `fetch`: from where it comes from. `index`: only what was read before, for other readers. */
export type RunMode = 'fetch' | 'index';

/** Something that answers stand on: a site, a file, a text, guidance, resolved conversations. */
export class KnowledgeSource extends Model {
  static override tableName = 'knowledge_sources';
  declare id: number;
  declare uid: string;
  declare kind: SourceKind;
  declare name: string;
  /** Null: every brand. */
  declare brand_id: number | null;
  declare audience: ReadAudience;
  declare locale: string | null;
  declare is_enabled: number;
  declare position: number;
  declare state: SourceState;
  /** JSON of `SourceError`. */
  declare error: string | null;
  declare done: number;
  declare total: number | null;
  declare failed: number;
  declare document_count: number;
  declare passage_count: number;
  /** JSON; its shape is its kind's. */
  declare settings: string;
  declare file_key: string | null;
  declare version: number;
  declare run: number;
  declare run_mode: RunMode;
  declare run_started_at: number | null;
  declare fence: number;
  /** How often this run was begun; a run that ends its process again and again is given up. */
  declare tries: number;
  declare last_run_at: number | null;
  declare next_run_at: number | null;
  declare created_at: number;
  declare updated_at: number;
}

export const settingsOf = <T extends SourceDto['settings']>(source: Pick<KnowledgeSource, 'settings'>): T => JSON.parse(source.settings) as T;
export const errorOf = (row: { error: string | null }): SourceError | null => row.error === null ? null : JSON.parse(row.error) as SourceError;
export const isRunning = (source: Pick<KnowledgeSource, 'state'>): boolean => source.state === 'pending' || source.state === 'processing';
