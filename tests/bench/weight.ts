import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { root } from '../support/desk-process.ts';
import { atMostRow, type Figure } from './figure.ts';

const chat = join(root, 'plugins', 'chat', 'dist');
const kilobytes = (path: string) => brotliCompressSync(readFileSync(path)).length / 1024;
const sum = (folder: string, name: RegExp) => (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
  .filter((file) => name.test(file)).reduce((total, file) => total + kilobytes(join(folder, file)), 0);

/** What a visitor's browser fetches, in KB of brotli. */
export const weight: Figure = {
  name: 'weight',
  async run() {
    return [
      atMostRow('loader on the host page', 'KB', kilobytes(join(chat, 'loader', 'widget.js')), 4),
      atMostRow('widget, scripts and styles', 'KB', sum(join(chat, 'widget'), /\.(js|css)$/), 70),
    ];
  },
};
