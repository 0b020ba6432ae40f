import type { Command } from 'commander';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { ActionContext } from '../../kernel/context.ts';
import { operatorBody, type OperatorDto } from '../../shared/people.ts';
import { createOperator, findOperator, hasOperators, updateOperator } from '../../modules/operators/index.ts';
import { Role } from '../../modules/roles/index.ts';
import { foundDesk } from '../../modules/setup/index.ts';
import { CliError, withDesk } from '../cli-kernel.ts';

interface CreateOptions { email: string; name?: string; role: string; password?: string; json?: true }
interface ResetOptions { email: string; password?: string }

const shortest = 10;
const passwordHelp = 'at least 10 characters; read from standard input when left out';

export function addOperatorCommands(program: Command): void {
  const operator = program.command('operator').description('People who answer');
  operator.command('create')
    .description('Take somebody on; the first one owns the desk')
    .requiredOption('--email <address>')
    .option('--name <name>', 'how customers see them (what stands before the @ unless told)')
    .option('--role <key>', 'owner, admin, team-lead, agent, light-agent, knowledge-editor, analyst, or the name of a role', 'agent')
    .option('--password <password>', passwordHelp)
    .option('--json', 'print { "id": … }')
    .action(async (options: CreateOptions) => {
      const made = await withDesk(async (ctx) => create(ctx, options, await passwordOf(options.password)));
      process.stdout.write(options.json ? `${JSON.stringify({ id: made.id, email: made.email, role: made.roleName })}\n` : `${made.email} is now ${made.roleName}\n`);
    });
  operator.command('reset-password')
    .description('Give somebody another password and sign them out everywhere')
    .requiredOption('--email <address>')
    .option('--password <password>', passwordHelp)
    .action(async (options: ResetOptions) => {
      await withDesk(async (ctx) => reset(ctx, options.email, await passwordOf(options.password)));
      process.stdout.write('The password is changed, and all sessions have ended.\n');
    });
}

async function create(ctx: ActionContext, options: CreateOptions, password: string): Promise<OperatorDto> {
  const name = options.name ?? options.email.split('@', 1)[0] ?? '';
  if (!(await hasOperators(ctx.db))) {
    const checked = check({ name, email: options.email, password, roleId: 'a'.repeat(26) });
    const brand = { name: 'Support', slug: 'support', locale: 'en', color: '#06548c' };
    return (await foundDesk(ctx, { operator: { name: checked.name, email: checked.email, password }, brand })).operator;
  }
  const role = await Role.query(ctx.db).where({ key: options.role }).orWhere({ name: options.role }).first();
  if (!role) throw new CliError(`there is no role ${options.role}`);
  return createOperator(ctx, check({ name, email: options.email, password, roleId: role.uid }));
}

function check(input: { name: string; email: string; password: string; roleId: string }) {
  const parsed = operatorBody.safeParse(input);
  if (!parsed.success) throw new CliError(parsed.error.issues.map((issue) => `--${String(issue.path[0])}: ${issue.message}`).join('; '));
  return parsed.data;
}

async function reset(ctx: ActionContext, email: string, password: string): Promise<void> {
  const operator = await findOperator(ctx.db, { email: email.toLowerCase() });
  if (!operator) throw new CliError(`nobody has the address ${email}`);
  await updateOperator(ctx, { id: operator.uid, password });
}

/** Out of the option, or the first line of standard input, so that it need not stand in the shell's history. */
async function passwordOf(given: string | undefined): Promise<string> {
  const password = given ?? await ask('Password: ');
  if (password.length < shortest) throw new CliError(`the password needs at least ${shortest} characters`);
  return password;
}

/** One line of standard input; on a terminal it is asked for and not shown. */
async function ask(question: string): Promise<string> {
  const isTerminal = process.stdin.isTTY;
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (isTerminal) process.stderr.write(question);
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: isTerminal });
  const answer = await lines.question('');
  lines.close();
  if (isTerminal) process.stderr.write('\n');
  return answer;
}
