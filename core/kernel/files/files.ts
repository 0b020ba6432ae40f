import type { Readable } from 'node:stream';

export interface StoredFile { key: string; type: string; size: number; isImage: boolean; width: number | null; height: number | null }

/** Bytes on disk under random names. Knows nothing of messages; rows that say whose they are belong to the modules. */
export interface FileStore {
  /** Measures, finds the type from the content, re-encodes raster images without their metadata, and moves the file in. The source is gone afterwards. */
  put(sourcePath: string, name: string): Promise<StoredFile>;
  read(key: string): Promise<Readable>;
  remove(key: string): Promise<void>;
  /** Folder for uploads on their way in, on the same disk. */
  readonly uploadDir: string;
}
