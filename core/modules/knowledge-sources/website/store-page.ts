import type { ActionContext } from '../../../kernel/context.ts';
import { SourceDocument } from '../source-document.model.ts';
import type { KnowledgeSource, SourceError } from '../source.model.ts';
import type { SourceRun } from '../source-run.ts';
import type { Frontier, Place } from './frontier.ts';

export type PageOutcome =
  /** It is as it was. */
  | { kind: 'same'; etag: string | null; lastModified: string | null }
  | { kind: 'text'; title: string; locale: string | null; markdown: string; hash: string; etag: string | null; lastModified: string | null }
  /** Not one of the documents: elsewhere, empty, not to be indexed, not a text. */
  | { kind: 'skipped' }
  /** Not there any more. */
  | { kind: 'gone' }
  | { kind: 'failed'; error: SourceError };

/** Writes what came of one address. What was read before stays when it could not be fetched this time. */
export async function storePage(run: SourceRun, frontier: Frontier, place: Place, outcome: PageOutcome): Promise<void> {
  const before = { ...place };
  const isForgotten = outcome.kind === 'gone';
  try {
    await run.write(async (tx, source) => {
      const row = await SourceDocument.query(tx.db).findById(place.id).select('id', 'state', 'is_indexed', 'passage_count');
      // Somebody removed it while it was fetched.
      if (!row || row.state === 'removed') { place.state = 'removed'; return; }
      Object.assign(place, { is_indexed: row.is_indexed, passage_count: row.passage_count, fetched_run: run.run }, isForgotten ? {} : changesOf(outcome, place));
      await write(run, tx, source, place, outcome, before.locale);
    }, progressAfter(frontier, place, run.run, outcome));
  } catch (error) {
    Object.assign(place, before);
    throw error;
  }
  if (isForgotten) frontier.forget(place);
}

/** What the row will say of the source once this place is written. */
function progressAfter(frontier: Frontier, place: Place, run: number, outcome: PageOutcome) {
  const { done, total, failed } = frontier.progress;
  return place.fetched_run === run ? { done, total, failed } : { done: done + 1, total, failed: failed + (outcome.kind === 'failed' ? 1 : 0) };
}

function changesOf(outcome: PageOutcome, place: Place): Partial<Place> {
  switch (outcome.kind) {
    case 'same': return { state: 'ready', error: null, etag: outcome.etag ?? place.etag, last_modified: outcome.lastModified ?? place.last_modified };
    case 'text': return { state: 'ready', error: null, title: outcome.title, locale: outcome.locale, content_hash: outcome.hash, etag: outcome.etag, last_modified: outcome.lastModified };
    case 'failed': return { state: 'error', error: JSON.stringify(outcome.error) };
    case 'skipped': case 'gone': return { state: 'skipped', error: null, content_hash: null, etag: null, last_modified: null };
  }
}

async function write(run: SourceRun, tx: ActionContext, source: KnowledgeSource, place: Place, outcome: PageOutcome, locale: string | null): Promise<void> {
  if (outcome.kind === 'gone') {
    await run.unindex(tx, source, place);
    await SourceDocument.query(tx.db).findById(place.id).delete();
    return;
  }
  const columns = { ...changesOf(outcome, place), fetched_run: run.run, updated_at: tx.now };
  if (outcome.kind === 'skipped') {
    await run.unindex(tx, source, place);
    Object.assign(place, { is_indexed: 0, passage_count: 0 });
    await SourceDocument.query(tx.db).findById(place.id).patch({ ...columns, markdown: null, is_indexed: 0, passage_count: 0 });
    return;
  }
  await SourceDocument.query(tx.db).findById(place.id).patch({ ...columns, ...(outcome.kind === 'text' ? { markdown: outcome.markdown } : {}) });
  if (outcome.kind !== 'text') return;
  await run.index(tx, source, { ...place, markdown: outcome.markdown }, locale);
  place.is_indexed = 1;
}
