import { readFile } from 'node:fs/promises';
import type { ReadAudience } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Upload } from '../../kernel/http/route.ts';
import type { SourceDto } from '../../shared/knowledge.ts';
import { safeFileName } from '../attachments/index.ts';
import { createSource } from './create-source.ts';
import type { FileReader } from './reading/file-reader.ts';

export interface NewFileSource { upload: Upload; name?: string | undefined; brandId?: string | undefined; audience: ReadAudience; locale?: string | undefined }

/** Keeps the file, so that it can be read again, and makes a source of it. What it is follows from its content. */
export async function createFileSource(ctx: ActionContext, reader: FileReader, { upload, brandId, audience, locale, ...input }: NewFileSource): Promise<SourceDto> {
  const fileName = safeFileName(upload.name);
  if (upload.size === 0) throw new AppError(400, 'file_empty');
  const type = await reader.typeOf(new Uint8Array(await readFile(upload.path)), fileName);
  if (type === null) throw new AppError(415, 'file_not_readable');
  const stored = await ctx.kernel.files.put(upload.path, fileName);
  try {
    return await createSource(ctx, {
      kind: 'file', name: input.name || fileName, brandId: brandId ?? null, audience, locale: locale ?? null, isEnabled: true,
      settings: { fileName, type, size: stored.size }, fileKey: stored.key,
    });
  } catch (error) {
    await ctx.kernel.files.remove(stored.key);
    throw error;
  }
}
