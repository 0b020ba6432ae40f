import { reactive, onScopeDispose } from 'vue';
import { useTranslation } from 'i18next-vue';
import type { AttachmentDto } from '@plugboard/sdk';
import { limits } from '../../../../shared/limits.ts';
import { uploadFile, type Upload } from '../../../api/upload.ts';
import { uuid } from '../../../api/uuid.ts';
import { problemText } from '../../../ui/problem.ts';
import { useFormat } from '../../../i18n/use-format.ts';

export interface UploadEntry { id: string; name: string; part: number; failure: string; file: File }

/** Files on their way up. Those that arrive are handed to `onDone`. */
export function useUploads(onDone: (attachment: AttachmentDto) => void, present: () => number) {
  const { t } = useTranslation('admin');
  const { t: ui } = useTranslation('settings');
  const format = useFormat();
  const entries = reactive<UploadEntry[]>([]);
  const running = new Map<string, Upload>();

  function add(files: Iterable<File>): void {
    for (const file of files) {
      entries.push({ id: uuid(), name: file.name, part: 0, failure: '', file });
      start(entries.at(-1)!);
    }
  }

  function start(entry: UploadEntry): void {
    entry.part = 0;
    entry.failure = refusalOf(entry);
    if (entry.failure) return;
    const upload = uploadFile(entry.file, (part) => { entry.part = part; });
    running.set(entry.id, upload);
    upload.done.then((attachment) => {
      drop(entry);
      onDone(attachment);
    }).catch((error: unknown) => {
      running.delete(entry.id);
      if (!(error instanceof DOMException)) entry.failure = problemText(error, ui);
    });
  }

  function refusalOf({ file }: UploadEntry): string {
    if (file.size > limits.attachmentBytes) return t('composer.tooLarge', { limit: format.bytes(limits.attachmentBytes) });
    const count = present() + entries.filter(({ failure }) => failure === '').length;
    return count > limits.attachmentsPerMessage ? t('composer.tooMany', { count: limits.attachmentsPerMessage }) : '';
  }

  function drop(entry: UploadEntry): void {
    running.get(entry.id)?.cancel();
    running.delete(entry.id);
    const at = entries.findIndex(({ id }) => id === entry.id);
    if (at !== -1) entries.splice(at, 1);
  }

  onScopeDispose(() => { for (const upload of running.values()) upload.cancel(); });
  return { entries, add, start, drop };
}
