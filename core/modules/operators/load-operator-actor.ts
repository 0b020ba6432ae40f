import type { Knex } from 'knex';
import type { Kernel } from '../../kernel/context.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { departmentIdsOf } from '../departments/index.ts';
import { expandPermissions, permissionsOf } from '../roles/index.ts';
import { brandIdsOf } from './operator.model.ts';
import { findOperator, type OperatorRow } from './operator.queries.ts';

/** The actor that an operator is now, or null when they are gone or switched off. Read from the database, not cached. */
export async function loadOperatorActor(kernel: Kernel, operatorId: string): Promise<OperatorActor | null> {
  const row = await findOperator(kernel.db.knex, { uid: operatorId });
  return row ? toActor(kernel.db.knex, row) : null;
}

/** The same by row id, for those who come with a session or a token. */
export async function loadActorByRowId(kernel: Kernel, rowId: number, session: { sessionId: number } | null = null): Promise<OperatorActor | null> {
  const row = await findOperator(kernel.db.knex, { id: rowId });
  return row ? toActor(kernel.db.knex, row, session?.sessionId ?? null) : null;
}

async function toActor(db: Knex, row: OperatorRow, sessionId: number | null = null): Promise<OperatorActor | null> {
  if (row.is_active !== 1) return null;
  const brandIds = brandIdsOf(row);
  return {
    type: row.kind === 'assistant' ? 'assistant' : 'operator',
    id: row.uid,
    rowId: row.id,
    name: row.name,
    permissions: expandPermissions(permissionsOf({ permissions: row.role_permissions })),
    scope: row.role_scope,
    brandIds: brandIds === 'all' ? 'all' : new Set(brandIds),
    departmentIds: new Set(await departmentIdsOf(db, row.id)),
    sessionId,
  };
}
