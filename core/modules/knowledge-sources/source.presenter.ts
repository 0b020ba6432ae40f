import type { SourceDocumentDto, SourceDto, SourceState } from '../../shared/knowledge.ts';
import type { SourceDocument } from './source-document.model.ts';
import { errorOf, settingsOf, type KnowledgeSource } from './source.model.ts';

const iso = (ms: number): string => new Date(Number(ms)).toISOString();
const isoOrNull = (ms: number | null): string | null => ms === null ? null : iso(ms);

export function presentSource(row: KnowledgeSource, brands: ReadonlyMap<number, string>): SourceDto {
  return {
    id: row.uid,
    kind: row.kind,
    name: row.name,
    brandId: row.brand_id === null ? null : brands.get(row.brand_id) ?? null,
    audience: row.audience,
    locale: row.locale,
    isEnabled: row.is_enabled === 1,
    position: row.position,
    state: row.state,
    error: errorOf(row),
    progress: { done: row.done, total: row.total, failed: row.failed },
    documentCount: row.document_count,
    passageCount: row.passage_count,
    settings: settingsOf(row),
    lastRunAt: isoOrNull(row.last_run_at),
    nextRunAt: isoOrNull(row.next_run_at),
    version: row.version,
    createdAt: iso(row.created_at),
  };
}

export const presentDocument = (row: Omit<SourceDocument, 'markdown'>): SourceDocumentDto => ({
  id: row.uid,
  title: row.title || row.url || '',
  url: row.url,
  state: row.state as SourceState,
  error: errorOf(row),
  passageCount: row.passage_count,
  updatedAt: iso(row.updated_at),
});
