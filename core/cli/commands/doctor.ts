import type { Command } from 'commander';
import { diagnose, type Finding } from '../diagnose.ts';
import { cliConfig } from '../cli-kernel.ts';

const marks: Record<Finding['state'], string> = { ok: '✓', warn: '!', bad: '✗' };

export function addDoctorCommand(program: Command): void {
  program.command('doctor')
    .description('Check what the desk stands on and name what is broken')
    .option('--json', 'print the findings as JSON')
    .action(async (options: { json?: true }) => {
      const findings = await diagnose(cliConfig());
      if (options.json) process.stdout.write(`${JSON.stringify({ findings })}\n`);
      else for (const { state, what, detail } of findings) process.stdout.write(`${marks[state]} ${what}: ${detail}\n`);
      if (findings.some(({ state }) => state === 'bad')) process.exitCode = 1;
    });
}
