import { z } from 'zod';
import { invalid } from '../../kernel/errors.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { revisionListQuery, revisionQuery } from '../../shared/knowledge.ts';
import { limits } from '../../shared/limits.ts';
import { idParams, idSchema, localeSchema } from '../../shared/primitives.ts';
import { addFile, openFile, removeFile } from './article-files.ts';
import { removeText } from './remove-article.ts';
import { compareRevision, listRevisions, restoreRevision } from './revisions.ts';

const tag = 'knowledge';
const path = '/api/v1/articles/:id';
const revisionParams = z.strictObject({ id: idSchema, revisionId: idSchema });

/** What an article is made of: languages, revisions, files. */
export const articlePartRoutes = [
  defineRoute({
    method: 'delete', path: `${path}/translations/:locale`, tag, summary: 'Remove the text in one language', access: { policy: 'article.edit' },
    description: 'The last text goes with its article: 409 `last_translation`.',
    params: z.strictObject({ id: idSchema, locale: localeSchema }),
    async handle({ ctx, params }) {
      await removeText(ctx, params);
      return { status: 204 };
    },
  }),
  defineRoute({
    method: 'get', path: `${path}/revisions`, tag, summary: 'Texts that were saved, the last one first', access: { policy: 'article.view' },
    params: idParams, query: revisionListQuery,
    handle: async ({ ctx, params, query }) => ({ body: await listRevisions(ctx, { ...query, ...params }) }),
  }),
  defineRoute({
    method: 'get', path: `${path}/revisions/:revisionId`, tag, summary: 'One revision and what it changed', access: { policy: 'article.view' },
    description: 'The difference is told line by line, from the revision before it (`previous`) or from the text as it is now (`current`).',
    params: revisionParams, query: revisionQuery,
    handle: async ({ ctx, params, query }) => ({ body: await compareRevision(ctx, { ...params, ...query }) }),
  }),
  defineRoute({
    method: 'post', path: `${path}/revisions/:revisionId/restore`, tag, summary: 'Go back to a revision', access: { policy: 'article.edit' },
    description: 'Its title, summary and body are saved again, as a new revision. Status and address stay.',
    params: revisionParams,
    handle: async ({ ctx, params }) => ({ status: 200, body: await restoreRevision(ctx, params) }),
  }),
  defineRoute({
    method: 'post', path: `${path}/attachments`, tag, summary: 'Add a picture or file to an article', access: { policy: 'article.edit' },
    description: 'Write the `url` of the answer into the body: `![What it shows](url)` or `[Manual](url)`. Readers get the file while a published text uses it.',
    params: idParams, upload: { maxBytes: limits.attachmentBytes },
    async handle({ ctx, params, upload }) {
      if (!upload) throw invalid('file', 'required');
      return { status: 201, body: await addFile(ctx, { ...params, upload }) };
    },
  }),
  defineRoute({
    method: 'delete', path: `${path}/attachments/:attachmentId`, tag, summary: 'Remove a file of an article', access: { policy: 'article.edit' },
    params: z.strictObject({ id: idSchema, attachmentId: idSchema }),
    async handle({ ctx, params }) {
      await removeFile(ctx, params);
      return { status: 204 };
    },
  }),
  defineRoute({
    method: 'get', path: '/api/v1/article-files/:id', tag, summary: 'A picture or file of an article', access: { public: 'files that published articles show to everybody' },
    description: 'Open while a published text that everybody may read uses it. Pages for signed-in people carry a `proof` for theirs; operators see all of their brands.',
    params: idParams, query: z.strictObject({ variant: z.enum(['inline', 'download']).default('inline'), proof: z.string().max(100).optional() }),
    handle: ({ ctx, params, query }) => openFile(ctx, { ...params, ...query }),
  }),
];
