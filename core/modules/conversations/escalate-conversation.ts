import { execute, selectRows } from '../../kernel/db/statement.ts';
import type { ActionContext } from '../../kernel/context.ts';
import { appendEvent } from './append-message.ts';
import { authorOf } from './author.ts';
import { refOf } from './conversation-ref.ts';
import { accessOf, type LoadedConversation } from './conversation.model.ts';
import { lockConversation, readConversation } from './conversation.queries.ts';
import { saveConversation } from './save-conversation.ts';
import { tellChange } from './tell-change.ts';

/** Makes a conversation a ticket: it gets the desk's next number, once. A second call answers with the same number. */
export async function escalateConversation(ctx: ActionContext, id: string): Promise<LoadedConversation> {
  const seen = await readConversation(ctx, id);
  ctx.authorize('conversation.change', accessOf(seen));
  return ctx.transaction(async (tx) => {
    const row = await lockConversation(tx, seen.id);
    if (row.is_ticket === 1) return { ...seen, ...row };
    const before = { ...row };
    const number = await nextTicketNumber(tx);
    row.is_ticket = 1;
    row.number = number;
    row.version += 1;
    row.change_version += 1;
    const event = await appendEvent(tx, row, authorOf(tx.actor), 'ticket', { number });
    await saveConversation(tx.db, before, row);
    const after = { ...seen, ...row };
    await tx.emit('conversation.escalated', { conversation: refOf(after), number });
    await tellChange(tx, before, row, [event]);
    return after;
  });
}

/** The row's lock gives each number once; a transaction that fails gives it back. */
export async function nextTicketNumber(tx: ActionContext): Promise<string> {
  await execute(tx.db, 'UPDATE sequences SET value = value + 1 WHERE name = ?', ['ticket']);
  const [row] = await selectRows<{ value: number }>(tx.db, 'SELECT value FROM sequences WHERE name = ?', ['ticket']);
  return `#${row?.value ?? 0}`;
}
