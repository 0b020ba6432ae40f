import type { AttachmentDto } from '@plugboard/sdk';
import { computed, ref, shallowRef } from 'vue';
import { limits } from '../../../core/shared/limits.ts';
import type { Files, Transfer } from '../wire/files.ts';
import { RequestError } from '../wire/request-error.ts';

/** A file that was chosen: on its way up, there, or refused. */
export interface Upload { key: string; file: File; share: number; attachment: AttachmentDto | null; error: string | null; transfer: Transfer | null }

/** Files of the message that is being written. */
export function useUploads(files: Files) {
  const uploads = shallowRef<readonly Upload[]>([]);
  const hasTooMany = ref(false);

  const update = (key: string, change: Partial<Upload>) => {
    uploads.value = uploads.value.map((upload) => (upload.key === key ? { ...upload, ...change } : upload));
  };
  const begin = (key: string, file: File) => {
    const transfer = files.upload(file, (share) => update(key, { share }));
    update(key, { transfer, error: null, share: 0 });
    transfer.done.then(
      (attachment) => update(key, { attachment, share: 1 }),
      (error: unknown) => update(key, { error: error instanceof RequestError ? error.code : 'internal' }),
    );
  };
  const add = (chosen: Iterable<File>) => {
    const all = [...chosen];
    const fitting = all.slice(0, limits.attachmentsPerMessage - uploads.value.length);
    hasTooMany.value = fitting.length < all.length;
    for (const file of fitting) {
      const isTooLarge = file.size > limits.attachmentBytes;
      const upload: Upload = { key: crypto.randomUUID(), file, share: 0, attachment: null, error: isTooLarge ? 'too_large' : null, transfer: null };
      uploads.value = [...uploads.value, upload];
      if (!isTooLarge) begin(upload.key, file);
    }
  };
  const retry = (upload: Upload) => begin(upload.key, upload.file);
  const remove = (upload: Upload) => {
    upload.transfer?.cancel();
    uploads.value = uploads.value.filter((other) => other.key !== upload.key);
    hasTooMany.value = false;
  };
  /** Hands the finished ones over to a message. */
  const take = (): AttachmentDto[] => {
    const attachments = uploads.value.flatMap((upload) => upload.attachment ?? []);
    uploads.value = [];
    return attachments;
  };
  const isReady = computed(() => uploads.value.every((upload) => upload.attachment !== null));
  return { uploads, hasTooMany, isReady, add, retry, remove, take };
}
