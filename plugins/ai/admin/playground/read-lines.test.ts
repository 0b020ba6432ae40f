import { describe, expect, it } from 'vitest';
import { BrokenStream, createLineReader, linesOf } from './read-lines.ts';

const bytes = new TextEncoder();
const streamOf = (...pieces: (string | Uint8Array)[]) => new ReadableStream<Uint8Array>({
  start(controller) {
    for (const piece of pieces) controller.enqueue(typeof piece === 'string' ? bytes.encode(piece) : piece);
    controller.close();
  },
});
async function all(stream: ReadableStream<Uint8Array>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const line of linesOf(stream)) found.push(line);
  return found;
}

describe('lines of JSON', () => {
  it('come whole, however they were cut', async () => {
    expect(await all(streamOf('{"te', 'xt":"a"}\n{"text":', '"b"}\n', '{"done":1}\n'))).toEqual([{ text: 'a' }, { text: 'b' }, { done: 1 }]);
  });

  it('come whole when a character was cut in two', async () => {
    const line = bytes.encode('{"text":"ü مرحبا 🎒"}\n');
    expect(await all(streamOf(...Array.from(line, (_byte, index) => line.slice(index, index + 1))))).toEqual([{ text: 'ü مرحبا 🎒' }]);
  });

  it('empty lines keep the connection and say nothing', async () => {
    expect(await all(streamOf('\n', '\n{"text":"a"}\n\n'))).toEqual([{ text: 'a' }]);
  });

  it('the last one needs no end', async () => {
    expect(await all(streamOf('{"done":1}'))).toEqual([{ done: 1 }]);
  });

  it('half a line at the end is told', async () => {
    await expect(all(streamOf('{"text":"a"}\n{"do'))).rejects.toBeInstanceOf(BrokenStream);
  });
});

it('what was read is not read again', () => {
  const lines = createLineReader();
  expect(lines.take('{"a":1}')).toEqual([]);
  expect(lines.end()).toEqual([{ a: 1 }]);
  expect(lines.end()).toEqual([]);
});
