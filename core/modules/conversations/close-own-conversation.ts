import type { ActionContext } from '../../kernel/context.ts';
import { authorOf } from './author.ts';
import { askGuard } from './call-hooks.ts';
import { refOf } from './conversation-ref.ts';
import { accessOf, type LoadedConversation } from './conversation.model.ts';
import { lockConversation, readConversation } from './conversation.queries.ts';
import { isClosed } from './conversation-state.ts';
import { saveConversation } from './save-conversation.ts';
import { setStatus, tellStatus } from './set-status.ts';
import { interruptSpeaker } from './speaker.ts';
import { tellChange } from './tell-change.ts';

/** The contact is done. Closing what is closed changes nothing. */
export async function closeOwnConversation(ctx: ActionContext, id: string): Promise<LoadedConversation> {
  const seen = await readConversation(ctx, id);
  ctx.authorize('conversation.close-own', accessOf(seen));
  if (isClosed(seen.status)) return seen;
  await askGuard(ctx, 'conversation.close', { conversation: refOf(seen) }, 'close_refused');
  return ctx.transaction(async (tx) => {
    const row = await lockConversation(tx, seen.id);
    const before = { ...row };
    if (isClosed(row.status)) return { ...seen, ...row };
    const event = await setStatus(tx, row, authorOf(tx.actor), 'closed');
    await interruptSpeaker(tx, row);
    row.version += 1;
    row.change_version += 1;
    await saveConversation(tx.db, before, row);
    const after = { ...seen, ...row };
    await tellStatus(tx, refOf(after), before.status, row.status);
    await tellChange(tx, before, row, [event]);
    return after;
  });
}
