import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Source { path: string; text: string }

/** Every file of the working tree that git knows or would take, by extension. */
export function sources(...extensions: string[]): Source[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  return listed.split('\n')
    .filter((path) => extensions.some((extension) => path.endsWith(extension)) && existsSync(`${root}/${path}`))
    .map((path) => ({ path, text: readFileSync(`${root}/${path}`, 'utf8') }));
}

const scriptBlock = /<script[^>]*>([\s\S]*?)<\/script>/g;

/** The specifiers that a source imports, exports from, or loads at run time by a constant name. */
export function importsOf({ path, text }: Source): string[] {
  const code = path.endsWith('.vue') ? [...text.matchAll(scriptBlock)].map(([, body]) => body).join('\n') : text;
  return ts.preProcessFile(code, true, true).importedFiles.map((file) => file.fileName);
}

/** `path:line` of every match; empty when there is none. */
export function findLines(files: readonly Source[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) => text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}  ${line.trim()}`] : [])));
}
