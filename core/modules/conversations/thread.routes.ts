import { z } from 'zod';
import { notFound } from '../../kernel/errors.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { messageListQuery, sendMessageBody } from '../../shared/conversations.ts';
import { idParams } from '../../shared/primitives.ts';
import { findAttachment, openAttachment } from '../attachments/index.ts';
import { presentMessage } from '../messages/index.ts';
import { addMessage } from './add-message.ts';
import { readConversation } from './conversation.queries.ts';
import { mayOpenFile } from './may-open-file.ts';
import { staffMessages } from './message-page.ts';

const path = '/api/v1/conversations/:id/messages';

/** What is inside a conversation: its messages and their files. */
export const threadRoutes = [
  defineRoute({
    method: 'get', path, tag: 'messages', summary: 'Messages in the order of `seq`: after a place, before one, or the newest', access: { policy: 'conversation.view' },
    params: idParams, query: messageListQuery,
    handle: async ({ ctx, params, query }) => ({ body: await staffMessages(ctx, await readConversation(ctx, params.id), query) }),
  }),
  defineRoute({
    method: 'post', path, tag: 'messages', summary: 'Writes a reply or a note; the same cid again gives the same answer', access: { policy: 'conversation.write' },
    params: idParams, body: sendMessageBody,
    async handle({ ctx, params, body }) {
      const { message, attachments, repeated } = await addMessage(ctx, {
        conversationId: params.id, cid: body.cid, kind: body.kind, text: body.body, attachmentIds: body.attachmentIds, expectedSeq: body.expectedSeq,
      });
      return { status: repeated ? 200 : 201, body: { message: presentMessage(message, attachments, ctx.actor) } };
    },
  }),
  defineRoute({
    method: 'get', path: '/api/v1/files/:id', tag: 'files', summary: 'A file of a message you may see; `inline` shows pictures in the page', access: { policy: 'conversation.view' },
    params: idParams, query: z.strictObject({ variant: z.enum(['inline', 'download']).default('download') }),
    async handle({ ctx, params, query }) {
      const attachment = await findAttachment(ctx.db, params.id);
      if (!attachment || !(await mayOpenFile(ctx, attachment))) throw notFound('file');
      return { stream: await openAttachment(ctx.kernel.files, attachment, query.variant), headers: { 'Cache-Control': 'private, max-age=3600' } };
    },
  }),
];
