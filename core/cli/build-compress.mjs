import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);
const packable = /\.(js|css|svg|json|map|txt)$/;
const smallest = 1024;

async function compressFile(path) {
  if ((await stat(path)).size < smallest) return;
  const content = await readFile(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [br, gz] = await Promise.all([brotli(content, { params }), deflate(content, { level: 9 })]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}

/** Puts a `.br` and a `.gz` beside every text file of a built bundle; the server sends those as they are. */
export async function compressBundle(folder) {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(names.filter((name) => packable.test(name)).map((name) => compressFile(join(folder, name))));
}
