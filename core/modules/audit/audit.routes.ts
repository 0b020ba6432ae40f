import { decodeCursor, encodeCursor, toPage } from '../../kernel/db/cursor.ts';
import { defineRoute } from '../../kernel/http/route.ts';
import { pageQuerySchema } from '../../shared/primitives.ts';
import { presentAuditEntry } from './audit.presenter.ts';
import { selectAudit } from './audit.queries.ts';

export const auditRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/v1/audit',
    summary: 'Who changed what, newest first',
    tag: 'audit',
    access: { policy: 'audit.view' },
    query: pageQuerySchema,
    async handle({ ctx, query }) {
      const beforeId = query.cursor === undefined ? undefined : decodeCursor('audit', query.cursor, ['number'])[0] as number;
      const found = await selectAudit(ctx.db, { limit: query.limit, beforeId });
      const { rows, nextCursor } = toPage(found, query.limit, (row) => encodeCursor('audit', [row.id]));
      return { body: { data: rows.map(presentAuditEntry), nextCursor } };
    },
  }),
];
