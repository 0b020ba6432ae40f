import { createReadStream } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTypeFromFile } from 'file-type';
import type { OutputInfo } from 'sharp';
import { limits } from '../../shared/limits.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { FileStore, StoredFile } from './files.ts';

const inlineFormats = new Map([['image/png', 'png'], ['image/jpeg', 'jpeg'], ['image/gif', 'gif'], ['image/webp', 'webp'], ['image/avif', 'avif']] as const);

/** Types without magic bytes that are safe to name as what they say they are; all are sent as downloads anyway. */
const plainTypes = new Map([['txt', 'text/plain'], ['csv', 'text/csv'], ['log', 'text/plain'], ['md', 'text/markdown'], ['json', 'application/json']]);

/** Files under `DATA_DIR/files`, two levels of folders, names that say nothing. */
export async function createLocalFiles(dataDir: string): Promise<FileStore> {
  const root = join(dataDir, 'files');
  const uploadDir = join(dataDir, 'uploads');
  await mkdir(root, { recursive: true });
  await mkdir(uploadDir, { recursive: true });
  const pathOf = (key: string): string => {
    if (!/^[a-z2-7]{26}$/.test(key)) throw new AppError(404, 'not_found', { what: 'file' });
    return join(root, key.slice(0, 2), key.slice(2, 4), key);
  };

  return {
    uploadDir,
    async put(sourcePath, name) {
      const key = newId();
      const target = pathOf(key);
      await mkdir(join(target, '..'), { recursive: true });
      try {
        return { key, ...(await store(sourcePath, target, name)) };
      } finally {
        await rm(sourcePath, { force: true });
      }
    },
    async read(key) {
      const path = pathOf(key);
      await stat(path).catch(() => { throw new AppError(410, 'file_gone'); });
      return createReadStream(path);
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}

async function store(source: string, target: string, name: string): Promise<Omit<StoredFile, 'key'>> {
  const { size } = await stat(source);
  if (size === 0) throw new AppError(400, 'file_empty');
  const found = await fileTypeFromFile(source);
  const format = found && inlineFormats.get(found.mime as 'image/png');
  if (format) {
    const image = await reencode(source, target, format);
    if (image) return { type: found.mime, ...image };
  }
  await rename(source, target).catch(async () => copyFile(source, target));
  const type = found?.mime ?? plainTypes.get(name.split('.').at(-1)?.toLowerCase() ?? '') ?? 'application/octet-stream';
  return { type, size, isImage: false, width: null, height: null };
}

/** Only pixels survive: a picture loses its metadata (position, thumbnails, comments) and whatever else was hidden in the file. */
async function reencode(source: string, target: string, format: 'png' | 'jpeg' | 'gif' | 'webp' | 'avif') {
  try {
    const { default: sharp } = await import('sharp');
    const input = sharp(source, { animated: format === 'gif' || format === 'webp', limitInputPixels: limits.imagePixels, failOn: 'error' });
    const { size, width, height, pageHeight } = await input.autoOrient().toFormat(format).toFile(target) as OutputInfo & { pageHeight?: number };
    return { size, isImage: true, width, height: pageHeight ?? height };
  } catch {
    await rm(target, { force: true });
    return null;
  }
}
