import { SourceDocument } from './source-document.model.ts';
import type { SourceRun, StoredDocument } from './source-run.ts';

const batch = 50;

/** Makes passages of what was read before and is found by nobody now: after another audience, another brand, or a time switched off. */
export async function indexStored(run: SourceRun): Promise<void> {
  for (let after = 0; ;) {
    const rows = await SourceDocument.query(run.kernel.db.knex).select('id').where({ source_id: run.id, is_indexed: 0 })
      .whereIn('state', ['ready', 'error']).whereNotNull('markdown').where('id', '>', after).orderBy('id').limit(batch);
    for (const { id } of rows) {
      run.signal.throwIfAborted();
      await run.write(async (tx, source) => {
        const document = await SourceDocument.query(tx.db).findById(id);
        if (document?.is_indexed === 0 && document.markdown !== null) await run.index(tx, source, document as StoredDocument);
      });
    }
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}
