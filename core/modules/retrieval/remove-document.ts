import type { DocumentKind } from '@plugboard/sdk';
import type { Knex } from 'knex';
import type { ActionContext } from '../../kernel/context.ts';
import { execute, selectRows } from '../../kernel/db/statement.ts';
import type { PassageRow } from './passage.row.ts';
import { distinctTerms, type PassageText } from './passage-terms.ts';
import { noteChange } from './tell-changed.ts';
import { languageOf } from './text/languages.ts';
import { CountChange } from './vocabulary.ts';

/** The text of a stored passage as it was indexed. */
export const textOf = (row: PassageRow): PassageText => ({ title: row.title, headings: JSON.parse(row.headings) as string[], tags: JSON.parse(row.tags) as string[], text: row.text, locale: row.locale });

const batch = 200;
const marks = (list: readonly unknown[]) => list.map(() => '?').join(', ');

/** Takes passages out of every table; what they counted goes into `change`. */
export async function deletePassages(db: Knex, rows: readonly PassageRow[], change: CountChange): Promise<void> {
  for (let from = 0; from < rows.length; from += batch) {
    const some = rows.slice(from, from + batch);
    const ids = some.map(({ id }) => id);
    const stored = await selectRows<{ id: number; terms: string }>(db, `SELECT rowid AS id, terms FROM passage_search WHERE rowid IN (${marks(ids)})`, ids);
    const termsOf = new Map(stored.map(({ id, terms }) => [id, terms]));
    for (const row of some) change.add(distinctTerms(termsOf.get(row.id) ?? ''), languageOf(row.locale), row.term_count, -1);
    await execute(db, `DELETE FROM passage_search WHERE rowid IN (${marks(ids)})`, ids);
    await execute(db, `DELETE FROM passage_vectors WHERE passage_id IN (${marks(ids)})`, ids);
    await execute(db, `DELETE FROM passages WHERE id IN (${marks(ids)})`, ids);
  }
}

const pageOf = 500;

async function removeWhere(ctx: ActionContext, where: string, bindings: (string | number)[]): Promise<void> {
  await ctx.transaction(async (tx) => {
    for (;;) {
      const rows = await selectRows<PassageRow>(tx.db, `SELECT * FROM passages WHERE ${where} LIMIT ${pageOf}`, bindings);
      if (rows.length === 0) return;
      const change = new CountChange();
      await deletePassages(tx.db, rows, change);
      await change.store(tx.db);
      await noteChange(tx, rows.map(({ brand_id }) => brand_id));
      if (rows.length < pageOf) return;
    }
  });
}

/** A document's passages, in one locale or in all. */
export const removeDocument = (ctx: ActionContext, { kind, id, locale }: { kind: DocumentKind; id: string; locale?: string }): Promise<void> =>
  (locale === undefined ? removeWhere(ctx, 'kind = ? AND document_id = ?', [kind, id]) : removeWhere(ctx, 'kind = ? AND document_id = ? AND locale = ?', [kind, id, locale]));

/** Everything that came from a knowledge source. */
export const removeSource = (ctx: ActionContext, sourceId: string): Promise<void> => removeWhere(ctx, 'source_id = ?', [sourceId]);
