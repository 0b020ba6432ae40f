import { defineModule, type Module } from '../../kernel/module.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import { retrievalHooks } from './retrieval.hooks.ts';
import { defineChangedJob } from './tell-changed.ts';

export { indexDocument, type IndexedDocument } from './index-document.ts';
export { countPassages } from './passage.queries.ts';
export { audiencesOf } from './readers-audiences.ts';
export { removeDocument, removeSource } from './remove-document.ts';
export { searchPassages, type PassageSearch } from './search-passages.ts';

/** Passages of everything that answers stand on: cut, indexed, found again and ranked. */
export const createRetrievalModule = (_providers: () => Providers): Module => defineModule({
  id: 'retrieval',
  hooks: retrievalHooks,
  start(kernel, context) {
    defineChangedJob(kernel, () => context(), async () => {});
  },
});
