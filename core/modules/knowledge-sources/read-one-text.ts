import { buffer } from 'node:stream/consumers';
import type { FileSettings, TextSettings } from '../../shared/knowledge.ts';
import { languageOf } from './reading/language.ts';
import { readerOf } from './reading/reader-of.ts';
import type { FileType, ReadText } from './reading/reading.ts';
import { settingsOf, type KnowledgeSource } from './source.model.ts';
import { SourceProblem, type SourceRun } from './source-run.ts';
import { storeText } from './store-text.ts';

/** A file or a text: one document. */
export async function readOneText(run: SourceRun, source: KnowledgeSource): Promise<null> {
  await run.write(async () => undefined, { done: 0, total: 1, failed: 0 });
  const read = source.kind === 'file' ? await readStored(run, source) : ownText(source);
  run.signal.throwIfAborted();
  await run.write((tx, present) => storeText(run, tx, present, source.kind, { ...read, title: source.kind === 'file' ? read.title : present.name, locale: present.locale ?? read.locale }), { done: 1, total: 1, failed: 0 });
  return null;
}

function ownText(source: KnowledgeSource): Pick<ReadText, 'title' | 'locale' | 'markdown'> {
  const { text } = settingsOf<TextSettings>(source);
  return { title: source.name, markdown: text, locale: languageOf(text) };
}

async function readStored(run: SourceRun, source: KnowledgeSource): Promise<ReadText> {
  const { fileName, type } = settingsOf<FileSettings>(source);
  const stream = source.file_key === null ? null : await run.kernel.files.read(source.file_key).catch(() => null);
  if (!stream) throw new SourceProblem('file_gone');
  const bytes = await buffer(stream).catch(() => { throw new SourceProblem('file_gone'); });
  return readerOf(run.kernel).read({ kind: 'file', bytes: new Uint8Array(bytes), name: fileName, type: type as FileType });
}
