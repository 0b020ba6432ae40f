import type { Knex } from 'knex';
import type { ActionContext, Kernel } from '../../kernel/context.ts';
import { execute, selectRows } from '../../kernel/db/statement.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import type { PassageRow } from './passage.row.ts';
import { raiseGeneration } from './vocabulary.ts';

export const embedJob = 'retrieval.embed';
/** What one call of a model may be given. */
const batch = 64;
const longestText = 4_000;
const callMs = 60_000;

type Unread = Pick<PassageRow, 'id' | 'uid' | 'title' | 'headings' | 'text'>;

/** Asks for the passages that this model has not read yet. A second call while the job waits is nothing. */
export const startEmbedding = (kernel: Kernel, model: EmbeddingModel): Promise<void> => kernel.jobs.add(embedJob, { model: model.key }, { id: model.key });

/**
 * Gives passages to the model, batch by batch. Each batch is kept at once: what was done stays done when the job is broken off, and
 * it goes on there. Vectors of another model are written over.
 */
export function defineEmbedJob(kernel: Kernel, context: () => ActionContext, current: () => Promise<EmbeddingModel | null>): void {
  kernel.jobs.define<{ model: string }>(embedJob, async ({ data, signal }) => {
    let after = 0;
    for (;;) {
      const model = await current();
      if (model?.key !== data.model || signal.aborted) return;
      const rows = await unread(kernel.db.knex, model.key, after);
      const last = rows.at(-1);
      if (!last) return;
      const vectors = await model.embed(rows.map(wordsOf), AbortSignal.any([signal, AbortSignal.timeout(callMs)]));
      await context().transaction(async (tx) => {
        for (const [index, row] of rows.entries()) await keep(tx.db, row, model.key, vectors[index]);
        await raiseGeneration(tx.db);
      });
      after = last.id;
    }
  }, { concurrency: 1, attempts: 8, timeoutMs: 3_600_000 });
}

const unread = (db: Knex, model: string, after: number): Promise<Unread[]> => selectRows<Unread>(db,
  `SELECT p.id, p.uid, p.title, p.headings, p.text FROM passages p LEFT JOIN passage_vectors v ON v.passage_id = p.id AND v.model = ? WHERE p.id > ? AND v.passage_id IS NULL ORDER BY p.id LIMIT ${batch}`, [model, after]);

const wordsOf = ({ title, headings, text }: Unread): string => [title, (JSON.parse(headings) as string[]).join(' – '), text].filter(Boolean).join('\n').slice(0, longestText);

/** Only while the passage is still the one that was read. */
async function keep(db: Knex, row: Unread, model: string, vector: Float32Array | undefined): Promise<void> {
  if (!vector) return;
  const merge = (db.client as { dialect: string }).dialect === 'mysql' ? 'ON DUPLICATE KEY UPDATE model = VALUES(model), vector = VALUES(vector)' : 'ON CONFLICT (passage_id) DO UPDATE SET model = excluded.model, vector = excluded.vector';
  await execute(db, `INSERT INTO passage_vectors (passage_id, model, vector) SELECT id, ?, ? FROM passages WHERE id = ? AND uid = ? ${merge}`, [model, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength), row.id, row.uid]);
}
