import { decodeIdCursor, pageOf } from '../../kernel/db/id-cursor.ts';
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
      const found = await selectAudit(ctx.db, { limit: query.limit, ...(query.cursor ? { beforeId: decodeIdCursor(query.cursor) } : {}) });
      const { rows, nextCursor } = pageOf(found, query.limit);
      return { body: { data: rows.map(presentAuditEntry), nextCursor } };
    },
  }),
];
