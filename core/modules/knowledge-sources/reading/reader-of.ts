import type { Kernel } from '../../../kernel/context.ts';
import { FileReader } from './file-reader.ts';

const readers = new WeakMap<Kernel, FileReader>();

/** The reader of this desk; its process is started when there is something to read. */
export function readerOf(kernel: Kernel): FileReader {
  const known = readers.get(kernel);
  if (known) return known;
  const reader = new FileReader(kernel.log);
  readers.set(kernel, reader);
  return reader;
}

export const stopReader = (kernel: Kernel): void => readers.get(kernel)?.stop();
