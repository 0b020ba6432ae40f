import type { LineChange } from '../../../../shared/knowledge.ts';

export interface Piece { kind: 'same' | 'added' | 'removed'; text: string }
/** One line of a comparison. `pieces` tells words apart where a line was changed. */
export interface DiffLine { kind: 'same' | 'added' | 'removed'; pieces: Piece[] }
/** Lines that follow each other; `folded` is how many unchanged ones before it are left out. */
export interface DiffPart { folded: number; lines: DiffLine[] }

const maxCells = 4_000_000;

/** The longest common run of `before` and `after`, as edits in order. Very long texts are compared from both ends only. */
function edits<T>(before: readonly T[], after: readonly T[]): { kind: Piece['kind']; value: T }[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const left = before.slice(head, before.length - tail);
  const right = after.slice(head, after.length - tail);
  const same = (values: readonly T[]) => values.map((value) => ({ kind: 'same' as const, value }));
  return [...same(before.slice(0, head)), ...between(left, right), ...same(before.slice(before.length - tail))];
}

function between<T>(left: readonly T[], right: readonly T[]): { kind: Piece['kind']; value: T }[] {
  const width = right.length + 1;
  const removed = (values: readonly T[]) => values.map((value) => ({ kind: 'removed' as const, value }));
  const added = (values: readonly T[]) => values.map((value) => ({ kind: 'added' as const, value }));
  if (left.length === 0 || right.length === 0 || left.length * right.length > maxCells) return [...removed(left), ...added(right)];
  const lengths = new Uint32Array((left.length + 1) * width);
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] = left[row] === right[column] ? lengths[(row + 1) * width + column + 1]! + 1 : Math.max(lengths[(row + 1) * width + column]!, lengths[row * width + column + 1]!);
    }
  }
  const found: { kind: Piece['kind']; value: T }[] = [];
  let row = 0;
  let column = 0;
  while (row < left.length && column < right.length) {
    if (left[row] === right[column]) { found.push({ kind: 'same', value: left[row]! }); row += 1; column += 1; }
    else if (lengths[(row + 1) * width + column]! >= lengths[row * width + column + 1]!) { found.push({ kind: 'removed', value: left[row]! }); row += 1; }
    else { found.push({ kind: 'added', value: right[column]! }); column += 1; }
  }
  return [...found, ...removed(left.slice(row)), ...added(right.slice(column))];
}

const wordsOf = (line: string): string[] => line.match(/[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]/gu) ?? [];

/** Neighbours of one kind as one piece. */
function merged(pieces: { kind: Piece['kind']; value: string }[]): Piece[] {
  const found: Piece[] = [];
  for (const { kind, value } of pieces) {
    const last = found.at(-1);
    if (last?.kind === kind) last.text += value;
    else found.push({ kind, text: value });
  }
  return found;
}

/** A changed line as its old and its new one, words told apart; null when they have too little in common for that to help. */
function changedLine(before: string, after: string): [DiffLine, DiffLine] | null {
  const pieces = merged(edits(wordsOf(before), wordsOf(after)));
  const kept = pieces.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + text.trim().length, 0);
  if (kept * 3 < Math.max(before.trim().length, after.trim().length)) return null;
  return [{ kind: 'removed', pieces: pieces.filter(({ kind }) => kind !== 'added') }, { kind: 'added', pieces: pieces.filter(({ kind }) => kind !== 'removed') }];
}

/** Runs of lines as lines, what was removed and added at one place compared word by word. */
export function linesOfRuns(runs: readonly LineChange[]): DiffLine[] {
  const found: DiffLine[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => { found.push(...blockLines(removed, added)); removed = []; added = []; };
  for (const { kind, lines } of runs) {
    if (kind === 'removed') removed.push(...lines);
    else if (kind === 'added') added.push(...lines);
    else { flush(); found.push(...lines.map((text): DiffLine => ({ kind, pieces: [{ kind, text }] }))); }
  }
  flush();
  return found;
}

/** What was changed from one text to another: line by line, in changed lines word by word. */
export const diffLines = (before: string, after: string): DiffLine[] =>
  linesOfRuns(edits(before === '' ? [] : before.split('\n'), after === '' ? [] : after.split('\n')).map(({ kind, value }) => ({ kind, lines: [value] })));

function blockLines(removed: string[], added: string[]): DiffLine[] {
  const pairs = removed.length === added.length ? removed.map((line, index) => changedLine(line, added[index]!)) : [];
  if (pairs.length > 0 && pairs.every((pair) => pair !== null)) return pairs.flat();
  return [...removed.map((text): DiffLine => ({ kind: 'removed', pieces: [{ kind: 'removed', text }] })), ...added.map((text): DiffLine => ({ kind: 'added', pieces: [{ kind: 'added', text }] }))];
}

/** The changes with `context` lines around them; what lies further off is folded. */
export function foldSame(lines: readonly DiffLine[], context = 2): DiffPart[] {
  const isNear = lines.map((_, index) => lines.slice(Math.max(0, index - context), index + context + 1).some((line) => line.kind !== 'same'));
  const parts: DiffPart[] = [];
  let folded = 0;
  lines.forEach((line, index) => {
    if (!isNear[index]) { folded += 1; return; }
    if (folded > 0 || parts.length === 0) parts.push({ folded, lines: [] });
    parts.at(-1)!.lines.push(line);
    folded = 0;
  });
  if (folded > 0) parts.push({ folded, lines: [] });
  return parts;
}
