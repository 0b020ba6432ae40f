import type { ActionContext } from '../../kernel/context.ts';
import { isStaff } from '../../kernel/policy/actor.ts';
import { countRepliesToContact } from '../messages/index.ts';
import { accessOf } from './conversation.model.ts';
import { lockConversation, readConversation } from './conversation.queries.ts';
import { saveConversation } from './save-conversation.ts';
import { setOperatorRead } from './set-operator-read.ts';
import { topics } from './tell-change.ts';

/** Moves the caller's read mark on, never back and never past the end. */
export async function markRead(ctx: ActionContext, id: string, seq: number): Promise<void> {
  const seen = await readConversation(ctx, id);
  ctx.authorize('conversation.read', accessOf(seen));
  const { actor } = ctx;
  if (actor.type === 'contact' && Math.min(seq, seen.last_public_seq) <= seen.contact_read_seq) return;
  await ctx.transaction(async (tx) => {
    const row = await lockConversation(tx, seen.id);
    const before = { ...row };
    if (actor.type === 'contact') {
      row.contact_read_seq = Math.max(row.contact_read_seq, Math.min(seq, row.last_public_seq));
      row.contact_unread = await countRepliesToContact(tx.db, row.id, row.contact_read_seq);
    } else if (!isStaff(actor) || !(await setOperatorRead(tx.db, row, actor.rowId, seq))) return;
    const isSeenAnew = row.operator_read_seq !== before.operator_read_seq || row.contact_read_seq !== before.contact_read_seq;
    if (isSeenAnew) row.change_version += 1;
    await saveConversation(tx.db, before, row);
    await tx.broadcast(topics.readChanged, { conversationId: row.id, by: actor.type === 'contact' ? 'contact' : 'operator', operatorId: isStaff(actor) ? actor.rowId : null });
  });
}
