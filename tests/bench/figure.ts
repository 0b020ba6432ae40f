/** One line of the table. `limit` is what the bare parts do on this machine in the same run. */
export interface Row {
  figure: string;
  value: number;
  unit: string;
  limit?: number;
  /** What is aimed at, as the table shows it; none for a figure that only explains another. */
  target?: string;
  isMet?: boolean;
}

export interface BenchOptions {
  /** Prints what lies behind the figures too. */
  isVerbose: boolean;
}

export interface Figure {
  /** Name for `--only`. */
  name: string;
  run(options: BenchOptions): Promise<Row[]>;
}

/** A figure that is compared with the bare parts: met when value ÷ limit is at least (or at most) the ratio. */
export function ratioRow(figure: string, unit: string, value: number, limit: number, target: { atLeast: number } | { atMost: number }): Row {
  const ratio = value / limit;
  return 'atLeast' in target
    ? { figure, unit, value, limit, target: `≥ ${target.atLeast} × limit`, isMet: ratio >= target.atLeast }
    : { figure, unit, value, limit, target: `≤ ${target.atMost} × limit`, isMet: ratio <= target.atMost };
}

export const atMostRow = (figure: string, unit: string, value: number, most: number): Row => ({ figure, unit, value, target: `≤ ${most} ${unit}`.trimEnd(), isMet: value <= most });

export const atLeastRow = (figure: string, unit: string, value: number, least: number): Row => ({ figure, unit, value, target: `≥ ${least} ${unit}`.trimEnd(), isMet: value >= least });

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const number = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

/** Cells in columns for a terminal. */
export function grid(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

/** The rows as a table for a terminal. */
export function table(rows: readonly Row[]): string {
  const lines = [
    ['figure', 'value', 'limit', 'ratio', 'target', ''],
    ...rows.map((row) => [
      row.figure, `${number(row.value)} ${row.unit}`, row.limit === undefined ? '' : number(row.limit),
      row.limit === undefined ? '' : (row.value / row.limit).toFixed(2), row.target ?? '', row.isMet === undefined ? '' : row.isMet ? 'met' : 'MISSED',
    ]),
  ];
  return grid(lines);
}
