import { knowledgeLimits, type ConversationsSettings } from '../../../shared/knowledge.ts';
import { selectMessages } from '../../messages/index.ts';
import { languageOf } from '../reading/language.ts';
import { SourceDocument } from '../source-document.model.ts';
import { settingsOf, type KnowledgeSource, type SourceError } from '../source.model.ts';
import type { SourceRun } from '../source-run.ts';
import { storeText } from '../store-text.ts';
import { redact } from './redact.ts';
import { isFinished, selectResolved, type Resolved } from './resolved-conversations.ts';

const monthMs = 30.5 * 86_400_000;
const most = { conversations: 5_000, batch: 100, messages: 100, text: 10_000 } as const;

/** Learns from conversations that people finished: what was asked, and what they answered, with everything personal taken out. Only new ones are read. */
export async function readConversations(run: SourceRun, source: KnowledgeSource): Promise<SourceError | null> {
  const { months, departmentIds } = settingsOf<ConversationsSettings>(source);
  const { knex } = run.kernel.db;
  const departments = await knex('departments').whereIn('uid', departmentIds).select<{ id: number }[]>('id');
  // Departments that are all gone are not the same as none named.
  if (departmentIds.length > 0 && departments.length === 0) return forgetOthers(run);
  let done = 0;
  for (let beforeId = Number.MAX_SAFE_INTEGER; done < most.conversations;) {
    const rows = await selectResolved(knex, { sourceId: run.id, since: Date.now() - months * monthMs, brandId: source.brand_id, departmentIds: departments.map(({ id }) => id), beforeId, limit: most.batch });
    const known = rows.filter((row) => isKnown(row));
    if (known.length > 0) await run.write(async (tx) => { await SourceDocument.query(tx.db).where({ source_id: run.id }).whereIn('conversation_id', known.map(({ id }) => id)).patch({ seen_run: run.run }); });
    for (const row of rows) {
      run.signal.throwIfAborted();
      done += 1;
      if (!isKnown(row)) await readOne(run, row, done);
    }
    const last = rows.at(-1);
    if (!last || rows.length < most.batch) break;
    beforeId = last.id;
  }
  return forgetOthers(run);
}

const isKnown = (row: Resolved): boolean => row.known_seq === String(row.last_seq) && row.known_brand === row.brand_id;

async function readOne(run: SourceRun, row: Resolved, done: number): Promise<void> {
  const text = await textOf(run, row);
  const address = `conversation:${row.uid}`;
  await run.write(async (tx, source) => {
    if (!text || !(await isFinished(tx.db, row.id))) return;
    await storeText(run, tx, source, address, { ...text, locale: source.locale ?? text.locale, brandId: row.brand_id, conversationId: row.id, etag: String(row.last_seq) });
  }, { done, total: null, failed: 0 });
}

/** The question up to the first answer, and all answers of people. Null where one of them is missing. */
async function textOf(run: SourceRun, row: Resolved): Promise<{ title: string; markdown: string; locale: string | null } | null> {
  const { rows } = await selectMessages(run.kernel.db.knex, row.id, 'public', { afterSeq: 0, limit: most.messages });
  const replies = rows.filter((message) => message.kind === 'reply' && message.text.trim() !== '');
  const people = replies.filter((message) => message.author_type === 'operator');
  const first = people[0];
  const asked = replies.filter((message) => message.author_type === 'contact' && first !== undefined && message.seq < first.seq);
  if (!first || asked.length === 0) return null;
  const names = [row.contact_name ?? '', row.contact_email?.split('@')[0] ?? '', ...replies.map((message) => message.author_name)].filter(Boolean);
  const clean = (texts: readonly { text: string }[]): string => redact(cut(texts.map(({ text }) => text.trim()).join('\n\n')), names).trim();
  const question = clean(asked);
  const title = (redact(row.subject ?? '', names).trim() || question).replace(/\s+/g, ' ').slice(0, 120).toWellFormed();
  const markdown = `${escapeMarkdown(question)}\n\n${escapeMarkdown(clean(people))}`.slice(0, knowledgeLimits.body);
  return { title, markdown, locale: languageOf(markdown) ?? row.language };
}

/** At a space: half an address is not known as one. */
const cut = (text: string): string => text.length <= most.text ? text : text.slice(0, Math.max(0, text.slice(0, most.text).search(/\s\S*$/))).toWellFormed();

/** What people type is text: a line that looks like a heading is none. */
const escapeMarkdown = (text: string): string => text.replace(/^(\s*)([#>]|```|~~~)/gm, '$1\\$2');

/** Conversations that are too old by now, of another department, or not finished any more. One that a person removed is remembered. */
async function forgetOthers(run: SourceRun): Promise<null> {
  const rows = await SourceDocument.query(run.kernel.db.knex).select('id').where({ source_id: run.id }).whereNot('state', 'removed').whereNot('seen_run', run.run);
  for (const { id } of rows) {
    run.signal.throwIfAborted();
    await run.write(async (tx, source) => {
      const document = await SourceDocument.query(tx.db).findById(id);
      if (!document || document.state === 'removed') return;
      await run.unindex(tx, source, document);
      await SourceDocument.query(tx.db).findById(id).delete();
    });
  }
  return null;
}

