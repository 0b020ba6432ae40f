import { serverScopes } from '@plugboard/sdk';
import type { Command } from 'commander';
import type { ActionContext } from '../../kernel/context.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import { tokenBody } from '../../shared/desk-settings.ts';
import { findBrandBySlug, selectBrands } from '../../modules/brands/index.ts';
import { findOperator, findOwner, loadOperatorActor } from '../../modules/operators/index.ts';
import { createToken } from '../../modules/tokens/index.ts';
import { CliError, withDesk } from '../cli-kernel.ts';

interface CreateOptions { name: string; scopes?: string; operator?: string; expires?: string; server?: true; brand?: string; json?: true }

export function addTokenCommands(program: Command): void {
  const token = program.command('token').description('API tokens');
  token.command('create')
    .description('Make an API token, or a key for a server; it is shown this once')
    .requiredOption('--name <name>', 'what it is for')
    .option('--server', 'a server key for /api/sdk, which belongs to the desk and to nobody')
    .option('--brand <slug>', 'with --server: the brand whose contacts it reaches (every brand unless told)')
    .option('--scopes <list>', `with commas between them: permissions, * for all of the operator's; with --server of ${serverScopes.join(', ')} (all unless told)`)
    .option('--operator <email>', 'whose token it is, or who makes the key (the first owner unless told)')
    .option('--expires <date>', 'when it ends, as 2027-01-31T00:00:00Z')
    .option('--json', 'print { "token": … }')
    .action(async (options: CreateOptions) => {
      const { token: made } = await withDesk((ctx) => create(ctx, options));
      process.stdout.write(options.json ? `${JSON.stringify({ token: made })}\n` : `${made}\n`);
    });
}

async function create(ctx: ActionContext, options: CreateOptions): Promise<{ token: string }> {
  if (options.brand !== undefined && !options.server) throw new CliError('--brand is for server keys: add --server');
  const parsed = tokenBody.safeParse({
    name: options.name, scopes: scopesOf(options), expiresAt: options.expires ?? null,
    ...(options.server ? { kind: 'server', brandId: await brandIdOf(ctx, options.brand) } : {}),
  });
  if (!parsed.success) throw new CliError(parsed.error.issues.map((issue) => `--${issue.path[0] === 'expiresAt' ? 'expires' : String(issue.path[0])}: ${issue.message}`).join('; '));
  return createToken(ctx.as(await ownerOf(ctx, options.operator)), parsed.data);
}

function scopesOf({ scopes, server }: CreateOptions): string[] {
  if (scopes === undefined) return server ? [...serverScopes] : ['*'];
  const wanted = scopes.split(',').map((scope) => scope.trim()).filter((scope) => scope !== '');
  const unknown = server ? wanted.find((scope) => !serverScopes.some((known) => known === scope)) : undefined;
  if (unknown !== undefined) throw new CliError(`--scopes: ${unknown} is none of ${serverScopes.join(', ')}`);
  return wanted;
}

async function brandIdOf(ctx: ActionContext, slug: string | undefined): Promise<string | null> {
  if (slug === undefined) return null;
  const brand = await findBrandBySlug(ctx.db, slug);
  if (brand) return brand.uid;
  throw new CliError(`there is no brand ${slug}: ${(await selectBrands(ctx.db)).map((known) => known.slug).join(', ')}`);
}

async function ownerOf(ctx: ActionContext, email: string | undefined): Promise<OperatorActor> {
  const operator = email === undefined ? await findOwner(ctx.db) : await findOperator(ctx.db, { email: email.toLowerCase() });
  const actor = operator && await loadOperatorActor(ctx.kernel, operator.uid);
  if (actor) return actor;
  throw new CliError(email === undefined
    ? 'there is no operator yet: open the set-up link that the server printed, or run "plugboard operator create"'
    : `nobody active has the address ${email}`);
}
