import type { Kernel } from '../../kernel/context.ts';
import { findRoleByKey, ownerKey } from '../roles/index.ts';

const purpose = 'setup';
const prefix = 'pb_setup_';

/**
 * The token of the set-up link. It is made from the installation's key and the random id of this database's owner
 * role: every process and every start prints the same link, nothing of it is stored, and it is worth nothing once
 * there is an operator.
 */
export async function setupToken(kernel: Kernel): Promise<string> {
  return `${prefix}${kernel.secrets.sign(purpose, await installation(kernel))}`;
}

export async function isSetupToken(kernel: Kernel, token: string): Promise<boolean> {
  return token.startsWith(prefix) && kernel.secrets.verify(purpose, await installation(kernel), token.slice(prefix.length));
}

const installation = async (kernel: Kernel): Promise<string> => (await findRoleByKey(kernel.db.knex, ownerKey)).uid;
