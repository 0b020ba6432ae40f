import type { Readable } from 'node:stream';
import type { FileStore } from '../../kernel/files/files.ts';
import type { Attachment } from './attachment.model.ts';

export interface OpenAttachment { content: Readable; type: string; size: number; name: string; isInline: boolean }

/** A file on its way out. Only a re-encoded picture is ever shown inside a page. */
export async function openAttachment(files: FileStore, attachment: Attachment, variant: 'inline' | 'download'): Promise<OpenAttachment> {
  return {
    content: await files.read(attachment.file_key),
    type: attachment.type,
    size: Number(attachment.size),
    name: attachment.name,
    isInline: variant === 'inline' && attachment.is_image === 1,
  };
}
