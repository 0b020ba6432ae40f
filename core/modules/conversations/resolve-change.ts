import type { ActionContext } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import type { ChangeConversationBody, Priority, Status } from '../../shared/conversations.ts';
import { assigneeIdsOf, tagsOf, type LoadedConversation } from './conversation.model.ts';
import { selectPeople, type PersonRow } from './conversation.queries.ts';

export interface NamedRow { id: number; uid: string; name: string; kind?: 'human' | 'assistant' }

/** A change in row ids and names, holding only what differs from what is there. */
export interface ResolvedChange {
  status?: Status;
  priority?: Priority;
  subject?: string | null;
  isSpam?: boolean;
  department?: { from: string | null; to: NamedRow | null };
  assignees?: NamedRow[];
  formerAssignees?: readonly PersonRow[];
  tags?: string[];
}

/** Finds the rows that a change names, and refuses those that are not there or have no place in the brand. */
export async function resolveChange(ctx: ActionContext, seen: LoadedConversation, body: ChangeConversationBody): Promise<ResolvedChange> {
  const subject = body.subject === undefined ? undefined : body.subject?.replaceAll('\u0000', '').toWellFormed() || null;
  return {
    ...(body.status !== undefined && body.status !== seen.status ? { status: body.status } : {}),
    ...(body.priority !== undefined && body.priority !== seen.priority ? { priority: body.priority } : {}),
    ...(subject !== undefined && subject !== seen.subject ? { subject } : {}),
    ...(body.isSpam !== undefined && body.isSpam !== (seen.is_spam === 1) ? { isSpam: body.isSpam } : {}),
    ...(body.departmentId !== undefined && body.departmentId !== seen.department_uid ? { department: await resolveDepartment(ctx, seen, body.departmentId) } : {}),
    ...(body.assigneeIds ? await resolveAssignees(ctx, seen, body.assigneeIds) : {}),
    ...(body.tags ? changedTags(seen, body.tags) : {}),
  };
}

async function resolveDepartment(ctx: ActionContext, seen: LoadedConversation, uid: string | null): Promise<{ from: string | null; to: NamedRow | null }> {
  const former = seen.department_id === null ? undefined : await ctx.db<NamedRow>('departments').where({ id: seen.department_id }).first('name');
  const from = former?.name ?? null;
  if (uid === null) return { from, to: null };
  const department = await ctx.db<NamedRow>('departments').where({ uid }).first('id', 'uid', 'name');
  if (!department) throw invalid('departmentId', 'unknown_department');
  const brands = await ctx.db<{ department_id: number; brand_id: number }>('department_brands').where({ department_id: department.id }).select('brand_id');
  if (brands.length > 0 && !brands.some(({ brand_id }) => brand_id === seen.brand_id)) throw invalid('departmentId', 'unknown_department');
  return { from, to: department };
}

async function resolveAssignees(ctx: ActionContext, seen: LoadedConversation, uids: readonly string[]): Promise<Pick<ResolvedChange, 'assignees' | 'formerAssignees'>> {
  const wanted = [...new Set(uids)];
  const rows = wanted.length === 0 ? [] : await ctx.db<NamedRow & { is_active: number }>('operators').whereIn('uid', wanted).where({ is_active: 1 }).select('id', 'uid', 'name', 'kind');
  const named = wanted.map((uid, index) => {
    const row = rows.find((candidate) => candidate.uid === uid);
    if (!row) throw invalid(`assigneeIds.${index}`, 'unknown_operator');
    return row;
  });
  // Where a person is among them the person speaks: one voice, and no assistant beside it.
  const people = named.filter(({ kind }) => kind !== 'assistant');
  const assignees = people.length > 0 ? people : named.slice(0, 1);
  const present = assigneeIdsOf(seen);
  const isSame = present.length === assignees.length && assignees.every(({ id }, index) => id === present[index]);
  if (isSame) return {};
  return { assignees, formerAssignees: [...(await selectPeople(ctx.db, present)).values()] };
}

/** Each tag once, whatever its case; the first way of writing it stays. */
function changedTags(seen: LoadedConversation, given: readonly string[]): { tags?: string[] } {
  const byKey = new Map(given.map((tag) => tag.replaceAll('\u0000', '').toWellFormed().trim()).filter(Boolean).map((tag) => [tag.toLowerCase(), tag]));
  const tags = [...byKey.values()];
  return JSON.stringify(tags) === JSON.stringify(tagsOf(seen)) ? {} : { tags };
}
