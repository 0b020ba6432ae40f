import type { ActionContext } from '../../kernel/context.ts';
import { conflict } from '../../kernel/errors.ts';
import type { ChangeConversationBody } from '../../shared/conversations.ts';
import type { MessageRow } from '../messages/index.ts';
import { applyChange } from './apply-change.ts';
import { authorOf } from './author.ts';
import { askGuard } from './call-hooks.ts';
import { refOf } from './conversation-ref.ts';
import { accessOf, type LoadedConversation } from './conversation.model.ts';
import { presentDetail } from './conversation.presenter.ts';
import { findConversationById, lockConversation, readConversation } from './conversation.queries.ts';
import { isClosed } from './conversation-state.ts';
import { resolveChange } from './resolve-change.ts';
import { saveConversation } from './save-conversation.ts';
import { tellStatus } from './set-status.ts';
import { tellChange } from './tell-change.ts';

/**
 * Changes status, priority, people, department, tags or subject of a conversation that the caller has seen in `version`.
 * Of two who change the same version one wins; the other is told 409 `stale` with the present state.
 */
export async function changeConversation(ctx: ActionContext, id: string, body: ChangeConversationBody): Promise<LoadedConversation> {
  const seen = await readConversation(ctx, id);
  const access = accessOf(seen);
  const { version, assigneeIds, ...others } = body;
  if (assigneeIds) ctx.authorize('conversation.assign', access);
  if (Object.values(others).some((value) => value !== undefined) || !assigneeIds) ctx.authorize('conversation.change', access);
  if (seen.version !== version) throw await stale(ctx, seen);
  const change = await resolveChange(ctx, seen, body);
  if (body.status && isClosed(body.status) && !isClosed(seen.status)) await askGuard(ctx, 'conversation.close', { conversation: refOf(seen) }, 'close_refused');
  if (change.assignees) await askGuard(ctx, 'conversation.assign', { conversation: refOf(seen), assigneeIds: change.assignees.map(({ uid }) => uid) }, 'assign_refused');
  const changed = await ctx.transaction(async (tx) => {
    const row = await lockConversation(tx, seen.id);
    if (row.version !== version) return null;
    const before = { ...row };
    const stored: MessageRow[] = await applyChange(tx, row, authorOf(tx.actor), change);
    if (stored.length === 0) return seen;
    row.version += 1;
    row.change_version += 1;
    await saveConversation(tx.db, before, row);
    const after = await findConversationById(tx.db, row.id) ?? { ...seen, ...row };
    await tellStatus(tx, refOf(after), before.status, after.status);
    if (change.assignees) {
      const former = new Set(change.formerAssignees?.map(({ uid }) => uid));
      const assigneeIds = change.assignees.map(({ uid }) => uid);
      await tx.emit('conversation.assigned', { conversation: refOf(after), assigneeIds, addedIds: assigneeIds.filter((uid) => !former.has(uid)) });
    }
    if (before.department_id !== after.department_id) await tx.emit('conversation.moved', { conversation: refOf(after), fromDepartmentId: seen.department_uid });
    await tellChange(tx, before, row, stored);
    return after;
  });
  if (!changed) throw await stale(ctx, seen);
  return changed;
}

async function stale(ctx: ActionContext, seen: LoadedConversation) {
  const present = await findConversationById(ctx.db, seen.id) ?? seen;
  return conflict('stale', ctx.can('conversation.view', accessOf(present)) ? { conversation: await presentDetail(ctx, present) } : {});
}
