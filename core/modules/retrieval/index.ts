import { defineModule, type Module } from '../../kernel/module.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import { embeddingModels } from './embedding-model.ts';
import { defineEmbedJob, startEmbedding } from './embed-passages.ts';
import { defineRebuildJob, startRebuild } from './rebuild-index.ts';
import { retrievalHooks } from './retrieval.hooks.ts';
import { searchBy } from './search-passages.ts';
import { defineChangedJob } from './tell-changed.ts';

export { indexDocument, type IndexedDocument } from './index-document.ts';
export { countPassages } from './passage.queries.ts';
export { audiencesOf } from './readers-audiences.ts';
export { removeDocument, removeSource } from './remove-document.ts';
export { searchPassages, type PassageSearch } from './search-passages.ts';

/** Passages of everything that answers stand on: cut, indexed, found again by words and, where a plugin brings a model, by meaning. */
export const createRetrievalModule = (providers: () => Providers): Module => defineModule({
  id: 'retrieval',
  hooks: retrievalHooks,
  async start(kernel, context) {
    const model = embeddingModels(providers);
    searchBy(kernel, model);
    const embedNew = async () => {
      const current = await model();
      if (current) await startEmbedding(kernel, current);
    };
    defineChangedJob(kernel, () => context(), embedNew);
    defineEmbedJob(kernel, () => context(), model);
    defineRebuildJob(kernel, () => context());
    // A model may be set up or changed without any passage changing.
    kernel.jobs.schedule('retrieval.embed-new', '*/5 * * * *', embedNew);
    await startRebuild(kernel);
  },
});
