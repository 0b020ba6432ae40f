import { fileTypeOf } from './file-type.ts';
import { readFile } from './read-file.ts';
import { readPage } from './read-page.ts';
import { readSitemap } from './read-sitemap.ts';
import type { ReadAnswers, ReadRequest } from './reading.ts';

/** What runs in the reading process. */
export async function read(request: ReadRequest): Promise<ReadAnswers[keyof ReadAnswers]> {
  switch (request.kind) {
    case 'type': return fileTypeOf(request.bytes, request.name);
    case 'file': return readFile(request);
    case 'page': return readPage(request);
    case 'sitemap': return readSitemap(request);
  }
}
