import type { Command } from 'commander';
import type { ActionContext } from '../../kernel/context.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { tokenBody } from '../../shared/desk-settings.ts';
import { findOperator, findOwner, loadOperatorActor } from '../../modules/operators/index.ts';
import { createToken } from '../../modules/tokens/index.ts';
import { CliError, withDesk } from '../cli-kernel.ts';

interface CreateOptions { name: string; scopes: string; operator?: string; expires?: string; json?: true }

export function addTokenCommands(program: Command): void {
  const token = program.command('token').description('API tokens');
  token.command('create')
    .description('Make an API token; it is shown this once')
    .requiredOption('--name <name>', 'what it is for')
    .option('--scopes <list>', 'permissions, with commas between them; * for all of the operator\'s', '*')
    .option('--operator <email>', 'whose token it is (the first owner unless told)')
    .option('--expires <date>', 'when it ends, as 2027-01-31T00:00:00Z')
    .option('--json', 'print { "token": … }')
    .action(async (options: CreateOptions) => {
      const { token: made } = await withDesk((ctx) => create(ctx, options));
      process.stdout.write(options.json ? `${JSON.stringify({ token: made })}\n` : `${made}\n`);
    });
}

async function create(ctx: ActionContext, options: CreateOptions): Promise<{ token: string }> {
  const parsed = tokenBody.safeParse({ name: options.name, scopes: options.scopes.split(',').map((scope) => scope.trim()), expiresAt: options.expires ?? null });
  if (!parsed.success) throw new CliError(parsed.error.issues.map((issue) => `--${issue.path[0] === 'expiresAt' ? 'expires' : String(issue.path[0])}: ${issue.message}`).join('; '));
  return createToken(ctx.as(await ownerOf(ctx, options.operator)), parsed.data);
}

async function ownerOf(ctx: ActionContext, email: string | undefined): Promise<OperatorActor> {
  const operator = email === undefined ? await findOwner(ctx.db) : await findOperator(ctx.db, { email: email.toLowerCase() });
  const actor = operator && await loadOperatorActor(ctx.kernel, operator.uid);
  if (actor) return actor;
  throw new CliError(email === undefined
    ? 'there is no operator yet: open the set-up link that the server printed, or run "plugboard operator create"'
    : `nobody active has the address ${email}`);
}
