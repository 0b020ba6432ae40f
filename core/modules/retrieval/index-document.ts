import { createHash } from 'node:crypto';
import type { DocumentKind, ReadAudience } from '@plugboard/sdk';
import type { Knex } from 'knex';
import type { ActionContext } from '../../kernel/context.ts';
import { execute, selectRows } from '../../kernel/db/statement.ts';
import { newId } from '../../kernel/ids.ts';
import { processingVersion, type PassageRow } from './passage.row.ts';
import { distinctTerms, readPassage, writeTerms, type PassageText } from './passage-terms.ts';
import { deletePassages } from './remove-document.ts';
import { splitMarkdown } from './split-markdown.ts';
import { noteChange } from './tell-changed.ts';
import { detectLanguage } from './text/detect-language.ts';
import { languageOf } from './text/languages.ts';
import { CountChange } from './vocabulary.ts';

export interface IndexedDocument {
  kind: DocumentKind;
  /** Public id. */
  id: string;
  /** Public id of the knowledge source that it came from. */
  sourceId: string | null;
  /** Row id; null: every brand. */
  brandId: number | null;
  audience: ReadAudience;
  /** Empty: found out from the text. */
  locale: string;
  title: string;
  url: string | null;
  markdown: string;
  tags?: string[];
}

const longestTitle = 300;
const mostTags = 30;

interface Wanted extends PassageText { digest: string; position: number }

/**
 * Puts a document into the index in place of what was there for its kind, id and locale. Passages whose words did not change
 * stay as they are, with their ids; who may read them is written in any case. Runs in the caller's transaction.
 */
export async function indexDocument(ctx: ActionContext, document: IndexedDocument): Promise<{ passages: number }> {
  return ctx.transaction(async (tx) => {
    const locale = (document.locale || (detectLanguage(`${document.title}\n${document.markdown}`) ?? 'und')).slice(0, 35);
    const wanted = wantedPassages(document, locale);
    const present = await selectRows<PassageRow>(tx.db, 'SELECT * FROM passages WHERE kind = ? AND document_id = ? AND locale = ? ORDER BY position', [document.kind, document.id, locale]);
    const byDigest = Map.groupBy(present.filter(({ version }) => version === processingVersion), ({ digest }) => digest);
    const kept: { row: PassageRow; wanted: Wanted }[] = [];
    const added: Wanted[] = [];
    for (const piece of wanted) {
      const row = byDigest.get(piece.digest)?.shift();
      if (row) kept.push({ row, wanted: piece });
      else added.push(piece);
    }
    const keptIds = new Set(kept.map(({ row }) => row.id));
    const gone = present.filter(({ id }) => !keptIds.has(id));
    const moved = await moveKept(tx.db, document, kept);
    if (added.length + gone.length + moved === 0) return { passages: wanted.length };
    const change = new CountChange();
    await deletePassages(tx.db, gone, change);
    for (const piece of added) await insertPassage(tx, document, piece, change);
    await change.store(tx.db);
    await noteChange(tx, [document.brandId, ...present.map(({ brand_id }) => brand_id)]);
    return { passages: wanted.length };
  });
}

function wantedPassages(document: IndexedDocument, locale: string): Wanted[] {
  const title = document.title.replaceAll('\u0000', '').trim().slice(0, longestTitle);
  const tags = (document.tags ?? []).slice(0, mostTags).map((tag) => tag.slice(0, 100));
  return splitMarkdown(document.markdown, title).map(({ headings, text }, position) => ({
    title, tags, headings, text, locale, position,
    digest: createHash('sha256').update(JSON.stringify([title, tags, headings, text])).digest('base64url'),
  }));
}

/** Position, reach and address of passages whose words stay. Answers how many changed. */
async function moveKept(db: Knex, document: IndexedDocument, kept: readonly { row: PassageRow; wanted: Wanted }[]): Promise<number> {
  let changed = 0;
  for (const { row, wanted } of kept) {
    const { sourceId, brandId, audience, url } = document;
    if (row.position === wanted.position && row.source_id === sourceId && row.brand_id === brandId && row.audience === audience && row.url === url) continue;
    await execute(db, 'UPDATE passages SET position = ?, source_id = ?, brand_id = ?, audience = ?, url = ? WHERE id = ?', [wanted.position, sourceId, brandId, audience, url, row.id]);
    changed += 1;
  }
  return changed;
}

async function insertPassage(tx: ActionContext, document: IndexedDocument, piece: Wanted, change: CountChange): Promise<void> {
  const terms = readPassage(piece);
  const { id } = await execute(tx.db, `INSERT INTO passages
    (uid, kind, document_id, source_id, brand_id, audience, locale, position, title, headings, tags, url, text, digest, term_count, version, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    newId(), document.kind, document.id, document.sourceId, document.brandId, document.audience, piece.locale, piece.position, piece.title,
    JSON.stringify(piece.headings), JSON.stringify(piece.tags), document.url, piece.text, piece.digest, terms.text.length, processingVersion, tx.now,
  ]);
  const written = writeTerms(terms);
  await execute(tx.db, 'INSERT INTO passage_search (rowid, terms) VALUES (?, ?)', [id, written]);
  change.add(distinctTerms(written), languageOf(piece.locale), terms.text.length, 1);
}
