/** A line that was not JSON, or that came after nothing: the stream broke. */
export class BrokenStream extends Error {
  override name = 'BrokenStream';
}

/** Puts pieces of text together to lines of JSON; an empty line only says that there is still somebody. */
export function createLineReader<T>(): { take(piece: string): T[]; end(): T[] } {
  let rest = '';
  const parse = (lines: string[]): T[] => lines.filter((line) => line.trim() !== '').map((line) => {
    try {
      return JSON.parse(line) as T;
    } catch {
      throw new BrokenStream('a line is not JSON');
    }
  });
  return {
    take(piece) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      return parse(lines);
    },
    end() {
      const last = rest;
      rest = '';
      return parse([last]);
    },
  };
}

/** The lines of a body as they come. */
export async function* linesOf<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const lines = createLineReader<T>();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      yield* lines.take(done ? decoder.decode() : decoder.decode(value, { stream: true }));
      if (done) break;
    }
    yield* lines.end();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
