import type { AttachmentDto } from '@plugboard/sdk';
import type { Attachment } from './attachment.model.ts';

export function presentAttachment(row: Attachment): AttachmentDto {
  return {
    id: row.uid,
    name: row.name,
    type: row.type,
    size: Number(row.size),
    isImage: row.is_image === 1,
    ...(row.width && row.height ? { width: row.width, height: row.height } : {}),
  };
}
