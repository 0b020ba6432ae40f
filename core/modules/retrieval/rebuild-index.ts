import type { ActionContext, Kernel } from '../../kernel/context.ts';
import { execute, selectRows } from '../../kernel/db/statement.ts';
import { processingVersion, type PassageRow } from './passage.row.ts';
import { distinctTerms, readPassage, writeTerms } from './passage-terms.ts';
import { textOf } from './remove-document.ts';
import { languageOf } from './text/languages.ts';
import { CountChange, raiseGeneration } from './vocabulary.ts';

export const rebuildJob = 'retrieval.rebuild';
const settingsScope = 'retrieval';
const pageOf = 100;

/** Once after an update that reads texts in another way: the passages are indexed anew out of their own texts. */
export async function startRebuild(kernel: Kernel): Promise<void> {
  const done = await kernel.settings.get<number>(settingsScope, 'processingVersion');
  if (done === processingVersion) return;
  await kernel.jobs.add(rebuildJob, { version: processingVersion }, { id: String(processingVersion) });
}

export function defineRebuildJob(kernel: Kernel, context: () => ActionContext): void {
  kernel.jobs.define<{ version: number }>(rebuildJob, async ({ data, signal }) => {
    // A process of another version does it in its own way.
    if (data.version !== processingVersion) return;
    while (!signal.aborted && await rebuildSome(context())) { /* page by page */ }
    if (!signal.aborted) await kernel.settings.set(settingsScope, { processingVersion });
  }, { concurrency: 1, attempts: 8, timeoutMs: 3_600_000 });
}

/** One page in a transaction of its own; false when nothing old is left. */
export async function rebuildSome(ctx: ActionContext): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    const rows = await selectRows<PassageRow & { terms: string }>(tx.db, `SELECT p.*, s.terms FROM passages p INNER JOIN passage_search s ON s.rowid = p.id WHERE p.version < ? OR p.version > ? LIMIT ${pageOf}`, [processingVersion, processingVersion]);
    if (rows.length === 0) return false;
    const change = new CountChange();
    for (const row of rows) {
      const terms = readPassage(textOf(row));
      const written = writeTerms(terms);
      const language = languageOf(row.locale);
      change.add(distinctTerms(row.terms), language, row.term_count, -1);
      change.add(distinctTerms(written), language, terms.text.length, 1);
      await execute(tx.db, 'UPDATE passage_search SET terms = ? WHERE rowid = ?', [written, row.id]);
      await execute(tx.db, 'UPDATE passages SET term_count = ?, version = ? WHERE id = ?', [terms.text.length, processingVersion, row.id]);
    }
    await change.store(tx.db);
    await raiseGeneration(tx.db);
    return true;
  });
}
