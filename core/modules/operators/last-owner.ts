import type { ActionContext } from '../../kernel/context.ts';
import { conflict } from '../../kernel/errors.ts';
import type { Role } from '../roles/index.ts';
import { countActiveOwners, isOwner, type OperatorRow } from './operator.queries.ts';

/**
 * Refuses to take the last active owner away. Call `lockOwnerRole` first thing in the transaction: two owners who
 * remove each other at the same moment queue at that row, and the second one sees what the first one did.
 */
export async function refuseLastOwner(tx: ActionContext, ownerRole: Role, operator: OperatorRow): Promise<void> {
  if (isOwner(operator) && (await countActiveOwners(tx.db, ownerRole)) <= 1) throw conflict('last_owner');
}
