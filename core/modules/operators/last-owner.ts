import type { ActionContext } from '../../kernel/context.ts';
import { conflict } from '../../kernel/errors.ts';
import { lockOwnerRole } from '../roles/index.ts';
import { countActiveOwners, isOwner, type OperatorRow } from './operator.queries.ts';

/**
 * Refuses to take the last active owner away. First thing in its transaction: two owners who remove each other at
 * the same moment queue at the owner role's row, and the second one sees what the first one did.
 */
export async function keepAnOwner(tx: ActionContext, read: () => Promise<OperatorRow>, leaves: (operator: OperatorRow) => boolean): Promise<OperatorRow> {
  const ownerRole = await lockOwnerRole(tx.db);
  const operator = await read();
  if (isOwner(operator) && leaves(operator) && (await countActiveOwners(tx.db, ownerRole)) <= 1) throw conflict('last_owner');
  return operator;
}
