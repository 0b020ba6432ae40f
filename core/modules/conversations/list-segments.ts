import type { Binding } from '../../kernel/db/statement.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import type { View } from '../../shared/conversations.ts';
import { viewBuckets } from './conversation-state.ts';

export interface Condition { sql: string; bindings: Binding[] }

/**
 * A part of a list that is one range of one index, in the list's order. Views, scopes and filters come down to a few
 * of them, which do not overlap; a page is the first rows of all parts, merged.
 */
export interface Segment {
  from: 'conversations' | 'conversation_assignees' | 'conversation_mentions';
  /** Family of indexes: with the sort order it names the one that serves. */
  index: string;
  equals: { column: string; value: number }[];
  /** What is left to check on the conversation, row by row. */
  rest: Condition | null;
}

export interface ListFilter { view: View; departmentId?: number | undefined; brandId?: number | undefined }

/** The parts of a view that this operator may see. */
export function segmentsOf(actor: OperatorActor, filter: ListFilter): Segment[] {
  const { view, departmentId, brandId } = filter;
  const chosen = all(brandId === undefined ? null : equal('brand_id', brandId), departmentId === undefined ? null : equal('department_id', departmentId));
  const brands = brandsOf(actor);
  const own = (rest: Condition | null): Segment[] => viewBuckets[view].map((bucket) => ofPerson('conversation_assignees', actor.rowId, bucket, all(brands, chosen, rest)));
  if (view === 'mine' || (actor.scope === 'own' && view !== 'mentions')) return own(null);
  if (view === 'mentions') return viewBuckets.mentions.map((bucket) => ofPerson('conversation_mentions', actor.rowId, bucket, all(accessCondition(actor), chosen)));
  if (actor.scope === 'department') return [...ofDepartments(actor, filter, all(brands, brandId === undefined ? null : equal('brand_id', brandId))), ...own(outside(actor.departmentIds))];
  if (departmentId !== undefined) return ofDepartment(view, departmentId, all(brands, brandId === undefined ? null : equal('brand_id', brandId)));
  return ofBrands(actor, view, brandId);
}

const ofPerson = (from: 'conversation_assignees' | 'conversation_mentions', operatorId: number, bucket: number, rest: Condition | null): Segment =>
  ({ from, index: `ix_${from}`, equals: [{ column: 'operator_id', value: operatorId }, { column: 'bucket', value: bucket }], rest });

const ofDepartment = (view: View, id: number, rest: Condition | null): Segment[] => viewBuckets[view].map((bucket) =>
  ({ from: 'conversations', index: 'ix_conversations_department', equals: [{ column: 'bucket', value: bucket }, { column: 'department_id', value: id }], rest }));

function ofDepartments(actor: OperatorActor, { view, departmentId }: ListFilter, rest: Condition | null): Segment[] {
  const ids = [...actor.departmentIds].filter((id) => departmentId === undefined || id === departmentId);
  return ids.flatMap((id) => ofDepartment(view, id, rest));
}

function ofBrands(actor: OperatorActor, view: View, brandId: number | undefined): Segment[] {
  if (brandId === undefined && actor.brandIds === 'all') {
    return viewBuckets[view].map((bucket) => ({ from: 'conversations', index: 'ix_conversations', equals: [{ column: 'bucket', value: bucket }], rest: null }));
  }
  const allowed = actor.brandIds === 'all' ? null : actor.brandIds;
  const ids = brandId === undefined ? [...(allowed ?? [])] : [brandId].filter((id) => allowed?.has(id) ?? true);
  return ids.flatMap((id) => viewBuckets[view].map((bucket): Segment =>
    ({ from: 'conversations', index: 'ix_conversations_brand', equals: [{ column: 'bucket', value: bucket }, { column: 'brand_id', value: id }], rest: null })));
}

/** What a search or a list of mentions must hold besides: the policy `conversation.view` as a condition on `c`. */
export function accessCondition(actor: OperatorActor): Condition | null {
  const brands = brandsOf(actor);
  if (actor.scope === 'all') return brands;
  const assigned = { sql: 'EXISTS (SELECT 1 FROM conversation_assignees mine WHERE mine.conversation_id = c.id AND mine.operator_id = ?)', bindings: [actor.rowId] };
  if (actor.scope === 'own') return all(brands, assigned);
  const departments = oneOf('department_id', actor.departmentIds);
  return all(brands, { sql: `(${departments.sql} OR ${assigned.sql})`, bindings: [...departments.bindings, ...assigned.bindings] });
}

const brandsOf = (actor: OperatorActor): Condition | null => actor.brandIds === 'all' ? null : oneOf('brand_id', actor.brandIds);
const equal = (column: string, value: number): Condition => ({ sql: `c.${column} = ?`, bindings: [value] });

function oneOf(column: string, ids: ReadonlySet<number>): Condition {
  return ids.size === 0 ? { sql: '0 = 1', bindings: [] } : { sql: `c.${column} IN (${[...ids].map(() => '?').join(', ')})`, bindings: [...ids] };
}

function outside(departmentIds: ReadonlySet<number>): Condition | null {
  if (departmentIds.size === 0) return null;
  const inside = oneOf('department_id', departmentIds);
  return { sql: `(c.department_id IS NULL OR NOT ${inside.sql})`, bindings: inside.bindings };
}

/** All of these; null when there is nothing to check. */
export function all(...conditions: (Condition | null)[]): Condition | null {
  const given = conditions.filter((condition) => condition !== null);
  return given.length === 0 ? null : { sql: given.map(({ sql }) => sql).join(' AND '), bindings: given.flatMap(({ bindings }) => bindings) };
}
