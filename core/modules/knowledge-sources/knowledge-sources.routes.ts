import { z } from 'zod';
import { invalid } from '../../kernel/errors.ts';
import { defineRoute, type Route } from '../../kernel/http/route.ts';
import { fileSourceQuery, knowledgeLimits, knowledgeTryBody, sourceBody, sourceDocumentParams, sourceDocumentsQuery, sourceListQuery, sourcePatch } from '../../shared/knowledge.ts';
import { idParams } from '../../shared/primitives.ts';
import { changeSource } from './change-source.ts';
import { createFileSource } from './create-file-source.ts';
import { createSource } from './create-source.ts';
import { listSources } from './list-sources.ts';
import { readerOf } from './reading/reader-of.ts';
import { removeSource } from './remove-source.ts';
import { runSourceAgain, stopSource } from './run-source-again.ts';
import { listDocuments, removeDocument } from './source-documents.ts';
import { answerSource } from './source.queries.ts';
import { trySearch } from './try-search.ts';

const tag = 'knowledge';
const path = '/api/v1/knowledge-sources';
const view = { policy: 'knowledge-source.view' };
const edit = { policy: 'knowledge-source.edit' };

const oneSourceRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path: `${path}/:id`, summary: 'One source', tag,
    access: view,
    params: idParams,
    handle: async ({ ctx, params: { id } }) => ({ body: await answerSource(ctx, id) }),
  }),
  defineRoute({
    method: 'patch', path: `${path}/:id`, summary: 'Change a source', tag,
    description: 'Send the `version` you know: 409 `stale` tells that somebody else was faster. Another audience or brand holds at once.',
    access: edit,
    params: idParams,
    body: sourcePatch,
    handle: async ({ ctx, params: { id }, body }) => ({ body: await changeSource(ctx, { id, ...body }) }),
  }),
  defineRoute({
    method: 'delete', path: `${path}/:id`, summary: 'Remove a source with all that was read from it', tag,
    access: edit,
    params: idParams,
    async handle({ ctx, params }) {
      await removeSource(ctx, params);
      return { status: 204 };
    },
  }),
  defineRoute({
    method: 'post', path: `${path}/:id/runs`, summary: 'Fetch a source again', tag,
    description: 'While it is being read, nothing else is begun.',
    access: edit,
    perMinute: 60,
    params: idParams,
    body: z.strictObject({}),
    handle: async ({ ctx, params }) => ({ status: 202, body: await runSourceAgain(ctx, params) }),
  }),
  defineRoute({
    method: 'delete', path: `${path}/:id/runs`, summary: 'Stop the reading of a source; what was read stays', tag,
    access: edit,
    params: idParams,
    handle: async ({ ctx, params }) => ({ body: await stopSource(ctx, params) }),
  }),
  defineRoute({
    method: 'get', path: `${path}/:id/documents`, summary: 'What a source consists of: pages, conversations', tag,
    access: view,
    params: idParams,
    query: sourceDocumentsQuery,
    handle: async ({ ctx, params: { id }, query }) => ({ body: await listDocuments(ctx, id, query) }),
  }),
  defineRoute({
    method: 'delete', path: `${path}/:id/documents/:documentId`, summary: 'Remove one document; it is not fetched again', tag,
    access: edit,
    params: sourceDocumentParams,
    async handle({ ctx, params }) {
      await removeDocument(ctx, params);
      return { status: 204 };
    },
  }),
];

export const sourceRoutes: readonly Route[] = [
  defineRoute({
    method: 'get', path, summary: 'Sources of the knowledge base besides articles, newest first', tag,
    access: view,
    query: sourceListQuery,
    handle: async ({ ctx, query }) => ({ body: await listSources(ctx, query) }),
  }),
  defineRoute({
    method: 'post', path, summary: 'Add a site, a text, guidance, or resolved conversations', tag,
    description: 'Files are sent to `/files`. What is added is read in the background; `state` and `progress` tell how far it is.',
    access: edit,
    perMinute: 60,
    body: sourceBody,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createSource(ctx, body) }),
  }),
  defineRoute({
    method: 'post', path: `${path}/files`, summary: 'Add a file: PDF, Word (docx), Markdown, HTML, text, CSV or JSON', tag,
    description: 'Multipart, field `file`, at most 10 MB. The type is found from the content, not from the name.',
    access: edit,
    perMinute: 60,
    query: fileSourceQuery,
    upload: { maxBytes: knowledgeLimits.file },
    async handle({ ctx, query, upload }) {
      if (!upload) throw invalid('file', 'required');
      return { status: 201, body: await createFileSource(ctx, readerOf(ctx.kernel), { ...query, upload }) };
    },
  }),
  ...oneSourceRoutes,
  defineRoute({
    method: 'post', path: '/api/v1/knowledge/search', summary: 'What an answer would find in the knowledge base', tag,
    access: { policy: 'knowledge.try' },
    perMinute: 120,
    body: knowledgeTryBody,
    example: { query: 'How do I reset my password?' },
    handle: async ({ ctx, body }) => ({ body: await trySearch(ctx, body) }),
  }),
];
