import { decodeText } from './decode-text.ts';
import { parseCsv } from './read-table.ts';
import type { FileType } from './reading.ts';
import { listZip } from './zip.ts';

const endings: Readonly<Record<string, FileType>> = { md: 'text/markdown', markdown: 'text/markdown', csv: 'text/csv', tsv: 'text/csv', json: 'application/json', html: 'text/html', htm: 'text/html' };

/** What a file is, by its content. Its name decides only between kinds of text, and only where the text can be that kind. */
export function fileTypeOf(bytes: Uint8Array, name: string): FileType | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  if (head.includes('%PDF-')) return 'application/pdf';
  if (head.startsWith('PK\u0003\u0004')) return listZip(bytes).some((entry) => entry.name === 'word/document.xml') ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' : null;
  if (isBinary(bytes)) return null;
  return textTypeOf(decodeText(bytes), endings[name.split('.').at(-1)?.toLowerCase() ?? '']);
}

function textTypeOf(text: string, said: FileType | undefined): FileType {
  const start = text.slice(0, 4096).trimStart();
  if (/^(<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])/i.test(start) || (said === 'text/html' && /<[a-z]+[\s>]/i.test(start))) return 'text/html';
  if (/^[[{]/.test(start) && isJson(text)) return 'application/json';
  if (said === 'text/csv' && parseCsv(text.slice(0, 20_000)).some((row) => row.length > 1)) return 'text/csv';
  return said === 'text/markdown' ? said : 'text/plain';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Text has no control characters but white space; UTF-16 is known by its mark. */
function isBinary(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return false;
  return bytes.subarray(0, 65_536).some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27);
}
