import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailTemplate } from './render-mail.ts';

/** Locale → text, as the maker of a template ships it. */
export type ShippedTexts = Readonly<Record<string, MailTemplate>>;

/** Reads `<dir>/<locale>.md`. Throws for a file without a subject, and when English is not there: it stands behind every language. */
export async function readShippedTexts(dir: string): Promise<ShippedTexts> {
  const texts: Record<string, MailTemplate> = {};
  const files = await readdir(dir).catch(() => []);
  for (const file of files.filter((name) => /^[A-Za-z0-9-]{2,35}\.md$/.test(name))) {
    texts[file.slice(0, -3)] = parseTemplateFile(await readFile(join(dir, file), 'utf8'), join(dir, file));
  }
  if (!texts.en) throw new Error(`${join(dir, 'en.md')} is not there`);
  return texts;
}

/** `Subject: …`, an empty line, the body. */
export function parseTemplateFile(text: string, name: string): MailTemplate {
  const [, subject, body] = /^\uFEFF?Subject:[ \t]*(\S.*?)[ \t]*\r?\n[ \t]*\r?\n([\s\S]*\S)/.exec(text) ?? [];
  if (subject === undefined || body === undefined) throw new Error(`${name} begins with no "Subject: …" and an empty line`);
  return { subject, body: body.replaceAll('\r\n', '\n').trim() };
}
