import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { buckets, viewBuckets } from './conversation-state.ts';
import { all, type Condition, type ListFilter } from './list-segments.ts';

/** `all` searches the whole history but spam; another view stays within itself. */
export function viewCondition(actor: OperatorActor, { view, departmentId, brandId }: ListFilter): Condition | null {
  const places = view === 'all' ? Object.values(buckets).filter((bucket) => bucket !== buckets.spam) : viewBuckets[view];
  const person = view === 'mine' ? 'conversation_assignees' : view === 'mentions' ? 'conversation_mentions' : null;
  return all(
    { sql: `c.bucket IN (${places.map(() => '?').join(', ')})`, bindings: [...places] },
    person && { sql: `EXISTS (SELECT 1 FROM ${person} p WHERE p.conversation_id = c.id AND p.operator_id = ?)`, bindings: [actor.rowId] },
    departmentId === undefined ? null : { sql: 'c.department_id = ?', bindings: [departmentId] },
    brandId === undefined ? null : { sql: 'c.brand_id = ?', bindings: [brandId] },
  );
}
