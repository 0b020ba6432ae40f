import { decodeCursor, encodeCursor, toPage } from '../../kernel/db/cursor.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { idParams, pageQuerySchema } from '../../shared/primitives.ts';
import { presentMail, presentWholeMail } from './mail-log.presenter.ts';
import { readMail, selectMails } from './mail-log.queries.ts';
import { retryMail } from './retry-mail.ts';

const tag = 'mail';
const path = '/api/v1/mail-log';

export const mailLogRoutes = [
  defineRoute({
    method: 'get', path, summary: 'Mails that the desk made, newest first', tag,
    access: { policy: 'mail.view' },
    query: pageQuerySchema,
    async handle({ ctx, query }) {
      const beforeId = query.cursor === undefined ? undefined : decodeCursor('mail-log', query.cursor, ['number'])[0] as number;
      const { rows, nextCursor } = toPage(await selectMails(ctx.db, { limit: query.limit, beforeId }), query.limit, (row) => encodeCursor('mail-log', [row.id]));
      return { body: { data: rows.map(presentMail), nextCursor } };
    },
  }),
  defineRoute({
    method: 'get', path: `${path}/:id`, summary: 'One mail as it was made', tag,
    access: { policy: 'mail.view' },
    params: idParams,
    handle: async ({ ctx, params }) => ({ body: presentWholeMail(await readMail(ctx.db, params.id)) }),
  }),
  defineRoute({
    method: 'post', path: `${path}/:id/retry`, summary: 'Try to send a mail again', tag,
    access: { policy: 'mail.retry' },
    perMinute: 60,
    params: idParams,
    handle: async ({ ctx, params }) => ({ status: 202, body: await retryMail(ctx, params) }),
  }),
];
