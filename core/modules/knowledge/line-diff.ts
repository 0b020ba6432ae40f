import type { LineChange } from '../../shared/knowledge.ts';

/** Beyond so many different lines the two texts are shown one after the other. */
const mostEdits = 1_000;

/** What leads from one text to the other, line by line (Myers). */
export function lineDiff(before: string, after: string): LineChange[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const middle = edits(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return join([['same', a.slice(0, start)], ...middle, ['same', end === 0 ? [] : a.slice(-end)]]);
}

type Step = [kind: LineChange['kind'], lines: string[]];
const linesOf = (text: string): string[] => (text === '' ? [] : text.split('\n'));

/** Runs of one kind become one; empty ones go. */
function join(steps: readonly Step[]): LineChange[] {
  const out: LineChange[] = [];
  for (const [kind, lines] of steps) {
    if (lines.length === 0) continue;
    const last = out.at(-1);
    if (last?.kind === kind) last.lines.push(...lines);
    else out.push({ kind, lines: [...lines] });
  }
  return out;
}

function edits(a: readonly string[], b: readonly string[]): Step[] {
  if (a.length === 0 || b.length === 0) return [['removed', [...a]], ['added', [...b]]];
  const trace = search(a, b);
  return trace ? walkBack(a, b, trace) : [['removed', [...a]], ['added', [...b]]];
}

/** How far each diagonal got with each number of edits; null when the texts have too little in common. */
function search(a: readonly string[], b: readonly string[]): Map<number, number>[] | null {
  const trace: Map<number, number>[] = [];
  const reach = new Map<number, number>([[1, 0]]);
  for (let distance = 0; distance <= Math.min(mostEdits, a.length + b.length); distance += 1) {
    trace.push(new Map(reach));
    for (let k = -distance; k <= distance; k += 2) {
      let x = isDown(reach, k, distance) ? reach.get(k + 1) ?? 0 : (reach.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return null;
}

const isDown = (reach: ReadonlyMap<number, number>, k: number, distance: number): boolean => k === -distance || (k !== distance && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));

function walkBack(a: readonly string[], b: readonly string[], trace: readonly ReadonlyMap<number, number>[]): Step[] {
  const steps: Step[] = [];
  let [x, y] = [a.length, b.length];
  for (let distance = trace.length - 1; distance >= 0; distance -= 1) {
    const reach = trace[distance] ?? new Map<number, number>();
    const k = x - y;
    const from = isDown(reach, k, distance) ? k + 1 : k - 1;
    const [fromX, fromY] = [reach.get(from) ?? 0, (reach.get(from) ?? 0) - from];
    while (x > fromX && y > fromY) {
      steps.push(['same', [a[x - 1] ?? '']]);
      [x, y] = [x - 1, y - 1];
    }
    if (distance > 0) steps.push(x === fromX ? ['added', [b[y - 1] ?? '']] : ['removed', [a[x - 1] ?? '']]);
    [x, y] = [fromX, fromY];
  }
  return steps.reverse();
}
