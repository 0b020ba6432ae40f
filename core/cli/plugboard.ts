import { Command } from 'commander';
import { ConfigError } from '../kernel/config/config.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addOperatorCommands } from './commands/operator.ts';
import { addTokenCommands } from './commands/token.ts';
import { CliError } from './cli-kernel.ts';

const program = new Command('plugboard').description('Looks after a Plugboard desk. Reads the same environment as the server.').showHelpAfterError();
addTokenCommands(program);
addOperatorCommands(program);
addDoctorCommand(program);

/** One line for what a person can mend, a stack for what only we can. */
function explain(error: unknown): string {
  if (error instanceof CliError || error instanceof ConfigError) return error.message;
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`plugboard: ${explain(error)}\n`);
  process.exitCode = 1;
}
