import type { ThreadRow } from './thread-rows.ts';

/** Rows that the browser draws, or leaves out while they are off screen, as one. */
export interface RowBlock { key: number; rows: readonly ThreadRow[]; lastSeq: number }

const span = 40;

const seqOf = (row: ThreadRow | undefined): number | undefined => (row?.kind === 'message' || row?.kind === 'event' ? row.message.seq : undefined);

/** Bounds lie at fixed numbers: history that goes in above moves no row from one block to another. */
function rowBlocks(rows: readonly ThreadRow[]): RowBlock[] {
  const blocks: { key: number; rows: ThreadRow[]; lastSeq: number }[] = [];
  rows.forEach((row, index) => {
    const seq = seqOf(row) ?? seqOf(rows[index + 1]);
    const last = blocks.at(-1);
    const key = seq === undefined ? last?.key ?? 0 : Math.floor(seq / span);
    if (last?.key === key) {
      last.rows.push(row);
      last.lastSeq = seq ?? last.lastSeq;
    } else blocks.push({ key, rows: [row], lastSeq: seq ?? 0 });
  });
  return blocks;
}

/** The same, but a block whose rows are what they were stays the same object, and is not drawn again. */
export function createRowBlocks(): (rows: readonly ThreadRow[]) => RowBlock[] {
  let known = new Map<number, RowBlock>();
  return (rows) => {
    const blocks = rowBlocks(rows).map((block) => {
      const before = known.get(block.key);
      return before?.rows.length === block.rows.length && before.rows.every((row, index) => row === block.rows[index]) ? before : block;
    });
    known = new Map(blocks.map((block) => [block.key, block]));
    return blocks;
  };
}
