import { z } from 'zod';
import { defineRoute, type Route } from '../../kernel/http/route.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import { createTemplateBody, renameTemplateBody, templateIdSchema, templatePreviewBody, templateTestBody, templateTextBody, templateTextQuery } from '../../shared/email-templates.ts';
import { createTemplate, removeTemplate, renameTemplate } from './own-templates.ts';
import { listTemplateSummaries, readWholeTemplate } from './read-whole-template.ts';
import { resetText } from './reset-text.ts';
import { saveText } from './save-text.ts';
import { previewTemplate, testTemplate } from './try-template.ts';

const tag = 'mail';
const path = '/api/v1/email-templates';
const params = z.strictObject({ id: templateIdSchema });

export const emailTemplateRoutes = (providers: () => Providers): Route[] => [...templateRoutes(providers), ...textRoutes(providers)];

const templateRoutes = (providers: () => Providers): Route[] => [
  defineRoute({
    method: 'get', path, summary: 'Templates of mails: the shipped ones of active plugins, and those made out of them', tag,
    access: { policy: 'email-template.view' },
    handle: async ({ ctx }) => ({ body: { data: await listTemplateSummaries(ctx, providers()), nextCursor: null } }),
  }),
  defineRoute({
    method: 'post', path, summary: 'Make a template out of another one', tag,
    access: { policy: 'email-template.make' },
    body: createTemplateBody,
    handle: async ({ ctx, body }) => ({ status: 201, body: await createTemplate(ctx, providers(), body) }),
  }),
  defineRoute({
    method: 'get', path: `${path}/:id`, summary: 'One template with its texts and placeholders', tag,
    access: { policy: 'email-template.view' },
    params,
    handle: async ({ ctx, params: { id } }) => ({ body: await readWholeTemplate(ctx, providers(), id) }),
  }),
  defineRoute({
    method: 'patch', path: `${path}/:id`, summary: 'Rename a template that was made here', tag,
    access: { policy: 'email-template.make' },
    params,
    body: renameTemplateBody,
    handle: async ({ ctx, params: { id }, body }) => ({ body: await renameTemplate(ctx, providers(), { id, ...body }) }),
  }),
  defineRoute({
    method: 'delete', path: `${path}/:id`, summary: 'Remove a template that was made here; the shipped one takes over', tag,
    access: { policy: 'email-template.make' },
    params,
    async handle({ ctx, params: { id } }) {
      await removeTemplate(ctx, providers(), { id });
      return { status: 204 };
    },
  }),
];

const textRoutes = (providers: () => Providers): Route[] => [
  defineRoute({
    method: 'put', path: `${path}/:id/texts`, summary: 'Write the text of a template for a brand and a language', tag,
    description: 'Liquid and Markdown. A mistake is told with its line, on `subject` or `body`.',
    access: { policy: 'email-template.write' },
    params,
    body: templateTextBody,
    handle: async ({ ctx, params: { id }, body }) => ({ body: await saveText(ctx, providers(), { id, ...body }) }),
  }),
  defineRoute({
    method: 'delete', path: `${path}/:id/texts`, summary: 'Go back to the shipped text', tag,
    access: { policy: 'email-template.write' },
    params,
    query: templateTextQuery,
    async handle({ ctx, params: { id }, query }) {
      await resetText(ctx, providers(), { id, ...query });
      return { status: 204 };
    },
  }),
  defineRoute({
    method: 'post', path: `${path}/:id/preview`, summary: 'What a template becomes, with made-up values', tag,
    access: { policy: 'email-template.write' },
    perMinute: 240,
    params,
    body: templatePreviewBody,
    handle: async ({ ctx, params: { id }, body }) => ({ body: await previewTemplate(ctx, providers(), { id, ...body }) }),
  }),
  defineRoute({
    method: 'post', path: `${path}/:id/test`, summary: 'Send a template to oneself', tag,
    access: { policy: 'email-template.write' },
    params,
    body: templateTestBody,
    handle: async ({ ctx, params: { id }, body }) => ({ status: 202, body: await testTemplate(ctx, providers(), { id, ...body }) }),
  }),
];
