import type { ReadAudience } from '@plugboard/sdk';
import type { Database } from '../../kernel/db/database.ts';
import { selectRows } from '../../kernel/db/statement.ts';
import type { Reach } from './passage.queries.ts';

interface Loaded { model: string; generation: number; at: number; entries: Entry[] }
interface Entry { id: number; brandId: number | null; audience: ReadAudience; vector: Float32Array }

/** 64 MB of numbers at most; of more passages the newest are kept, and words alone find the others. */
const mostNumbers = 16_000_000;
const pageOf = 500;
/** While many passages change, what is remembered may be this old. Whether a passage may be read is asked of the database in any case. */
const oldestMs = 1_000;

const caches = new WeakMap<Database, { loaded?: Loaded; loading?: Promise<Loaded> }>();

/** The passages whose vectors are most like this one, best first. Brand and audience only choose here; the SELECT that reads them decides. */
export async function nearestPassages(db: Database, model: string, generation: number, reach: Reach, query: Float32Array, limit: number): Promise<{ id: number; likeness: number }[]> {
  const { entries } = await load(db, model, generation);
  const audiences = new Set(reach.audiences);
  const near: { id: number; likeness: number }[] = [];
  for (const { id, brandId, audience, vector } of entries) {
    if ((brandId === null || brandId === reach.brandId) && audiences.has(audience) && vector.length === query.length) near.push({ id, likeness: product(vector, query) });
  }
  return near.sort((a, b) => b.likeness - a.likeness || a.id - b.id).slice(0, limit);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

async function load(db: Database, model: string, generation: number): Promise<Loaded> {
  const cache = caches.get(db) ?? {};
  caches.set(db, cache);
  const { loaded } = cache;
  if (loaded?.model === model && (loaded.generation === generation || Date.now() - loaded.at < oldestMs)) return loaded;
  cache.loading ??= readAll(db, model, generation).then((fresh) => (cache.loaded = fresh)).finally(() => { delete cache.loading; });
  const fresh = await cache.loading;
  return fresh.model === model ? fresh : { ...fresh, entries: [] };
}

async function readAll(db: Database, model: string, generation: number): Promise<Loaded> {
  const entries: Entry[] = [];
  let numbers = 0;
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = await selectRows<{ id: number; brand_id: number | null; audience: ReadAudience; vector: Buffer }>(db.knex, `SELECT v.passage_id AS id, p.brand_id, p.audience, v.vector
      FROM passage_vectors v CROSS JOIN passages p ON p.id = v.passage_id WHERE v.model = ? AND v.passage_id < ? ORDER BY v.passage_id DESC LIMIT ${pageOf}`, [model, before]);
    for (const { id, brand_id: brandId, audience, vector } of rows) {
      const copy = new Float32Array(vector.buffer.slice(vector.byteOffset, vector.byteOffset + vector.byteLength));
      numbers += copy.length;
      if (numbers > mostNumbers) return { model, generation, at: Date.now(), entries };
      entries.push({ id, brandId, audience, vector: copy });
    }
    before = rows.at(-1)?.id ?? 0;
    if (rows.length < pageOf) return { model, generation, at: Date.now(), entries };
  }
}
