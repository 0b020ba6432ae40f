import { selectRows, type Binding } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { forbidden } from '../../kernel/errors.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { views, type ViewCounts } from '../../shared/conversations.ts';
import { segmentsOf, type ListFilter } from './list-segments.ts';
import { countSql } from './segment-sql.ts';

/** A number on the screen says "999+" from here on. */
export const countCap = 1_000;

/** How many conversations each view and department has for this operator, each counted by index and no further than the cap. */
export async function countViews(ctx: ActionContext): Promise<ViewCounts> {
  const { actor } = ctx;
  if (!isStaff(actor)) throw forbidden('conversation.list');
  const departments = await selectRows<{ id: number; uid: string }>(ctx.db, 'SELECT id, uid FROM departments ORDER BY position, id');
  const seen = actor.scope === 'department' ? departments.filter(({ id }) => actor.departmentIds.has(id)) : departments;
  const filters: { name: string; filter: ListFilter }[] = [
    ...views.map((view) => ({ name: view, filter: { view } })),
    ...seen.map(({ id, uid }) => ({ name: uid, filter: { view: 'all' as const, departmentId: id } })),
  ];
  const bindings: Binding[] = [];
  const columns = filters.map(({ filter }, index) => {
    const parts = segmentsOf(actor, filter).map((segment) => countSql(ctx.kernel.db.dialect, segment, countCap));
    bindings.push(...parts.flatMap((part) => part.bindings));
    return `${parts.map(({ sql }) => sql).join(' + ') || '0'} AS n${index}`;
  });
  const [row] = await selectRows<Record<string, number>>(ctx.db, `SELECT ${columns.join(', ')}`, bindings);
  const numbers = filters.map(({ name }, index) => [name, Math.min(countCap, Number(row?.[`n${index}`] ?? 0))] as const);
  return {
    ...Object.fromEntries(numbers.slice(0, views.length)) as Record<(typeof views)[number], number>,
    departments: Object.fromEntries(numbers.slice(views.length)),
  };
}
