import mammoth from 'mammoth';
import { extractText, getDocumentProxy } from 'unpdf';
import { decodeText } from './decode-text.ts';
import { htmlMarkdown, tidy } from './html-markdown.ts';
import { languageOf } from './language.ts';
import { pageOf } from './read-page.ts';
import { jsonMarkdown, parseCsv, tableMarkdown } from './read-table.ts';
import { Unreadable, type FileType, type ReadText } from './reading.ts';
import { refuseZipBomb } from './zip.ts';

interface Draft { title?: string | undefined; markdown: string }

/** The text of a file as Markdown. */
export async function readFile({ bytes, name, type }: { bytes: Uint8Array; name: string; type: FileType }): Promise<ReadText> {
  const draft = await readers[type](bytes);
  const markdown = tidy(draft.markdown);
  if (markdown === '') throw new Unreadable('empty');
  return { title: (draft.title?.trim() || name.replace(/\.\w{1,8}$/, '')).slice(0, 300).toWellFormed(), markdown, locale: languageOf(markdown), isLocaleSaid: false };
}

const readers: Readonly<Record<FileType, (bytes: Uint8Array) => Promise<Draft> | Draft>> = {
  'application/pdf': readPdf,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': readWord,
  'text/html': (bytes) => pageOf(decodeText(bytes), 'https://file.invalid/'),
  'text/markdown': (bytes) => readMarkdown(decodeText(bytes)),
  'text/plain': (bytes) => ({ markdown: decodeText(bytes) }),
  'text/csv': (bytes) => ({ markdown: tableMarkdown(parseCsv(decodeText(bytes))) }),
  'application/json': (bytes) => readJson(decodeText(bytes)),
};

const mostPages = 1_000;

async function readPdf(bytes: Uint8Array): Promise<Draft> {
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes), { isEvalSupported: false, disableFontFace: true, verbosity: 0 });
    if (document.numPages > mostPages) throw new Unreadable('too_complex');
    const { info } = await document.getMetadata().catch(() => ({ info: {} })) as { info: { Title?: string } };
    const { text } = await extractText(document, { mergePages: false });
    return { title: info.Title, markdown: text.map((page) => page.trim()).filter(Boolean).join('\n\n') };
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable((error as Error).name === 'PasswordException' ? 'encrypted' : 'unreadable');
  }
}

async function readWord(bytes: Uint8Array): Promise<Draft> {
  refuseZipBomb(bytes);
  try {
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { convertImage: mammoth.images.imgElement(async () => ({ src: '' })), externalFileAccess: false } as Parameters<typeof mammoth.convertToHtml>[1]);
    const markdown = htmlMarkdown(value);
    return { title: /^# (.+)$/m.exec(markdown)?.[1], markdown };
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('unreadable');
  }
}

/** Without the head that generators of sites put over a text; its title is kept. */
function readMarkdown(text: string): Draft {
  const head = /^---\r?\n([\s\S]{0,5000}?)\r?\n---\r?\n/.exec(text);
  const markdown = head ? text.slice(head[0].length) : text;
  const named = /^title:\s*["']?(.+?)["']?\s*$/m.exec(head?.[1] ?? '')?.[1];
  return { title: named ?? /^# (.+)$/m.exec(markdown)?.[1], markdown };
}

function readJson(text: string): Draft {
  try {
    return { markdown: jsonMarkdown(JSON.parse(text)) };
  } catch (error) {
    throw new Unreadable(error instanceof RangeError ? 'too_complex' : 'unreadable');
  }
}
