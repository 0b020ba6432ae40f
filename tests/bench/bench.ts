import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../support/desk-process.ts';
import { answers, answersAmongMany } from './answers.bench.ts';
import { boot } from './boot.ts';
import { table, type Figure, type Row } from './figure.ts';
import { send } from './send.ts';
import { weight } from './weight.ts';

const figures: readonly Figure[] = [weight, boot, send, answers, answersAmongMany];

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, verbose: { type: 'boolean', default: false } } });
const wanted = figures.filter((figure) => !values.only || values.only.includes(figure.name));
if (wanted.length === 0) throw new Error(`--only takes ${figures.map((figure) => figure.name).join(', ')}`);

const rows: Row[] = [];
for (const figure of wanted) {
  process.stdout.write(`measuring ${figure.name}\n`);
  rows.push(...await figure.run({ isVerbose: values.verbose }));
}

const report = join(root, '.cache', 'bench.json');
mkdirSync(join(root, '.cache'), { recursive: true });
writeFileSync(report, `${JSON.stringify({ at: new Date().toISOString(), node: process.version, cores: cpus().length, rows }, null, 2)}\n`);
process.stdout.write(`\n${table(rows)}\n\nwritten to ${report}\n`);
