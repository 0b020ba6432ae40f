import { onScopeDispose, reactive } from 'vue';
import { useTranslation } from 'i18next-vue';
import { limits } from '../../../../shared/limits.ts';
import { uploadFile, type Upload } from '../../../api/upload.ts';
import { uuid } from '../../../api/uuid.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { problemText } from '../../../ui/problem.ts';
import { toast } from '../../../ui/toast.ts';
import { insertBlock, type Selected } from './markdown-commands.ts';

interface ArticleFile { name: string; isImage: boolean; url: string }
interface Options {
  articleId: string;
  insert: (change: (selected: Selected) => Selected) => void;
  /** Changes the text wherever the caret is. */
  replace: (from: string, to: string) => void;
}

/** In the brackets of a link these would end it. */
const plain = (name: string): string => name.replace(/[[\]()\\]/g, ' ').trim();

/** Pictures and files on their way into an article: a place is kept for each in the text, and filled once it is there. */
export function usePictures({ articleId, insert, replace }: Options) {
  const { t } = useTranslation('knowledge');
  const { t: ui } = useTranslation('settings');
  const format = useFormat();
  const running = reactive(new Map<string, { name: string; part: number }>());
  const uploads = new Map<string, Upload<ArticleFile>>();

  function start(file: File): void {
    if (file.size > limits.attachmentBytes) {
      toast.failed(t('editor.tooLarge', { name: file.name, limit: format.bytes(limits.attachmentBytes) }));
      return;
    }
    const id = uuid().slice(0, 8);
    const place = `![${t('editor.uploading', { name: plain(file.name) })}](#${id})`;
    insert((selected) => insertBlock(selected, place));
    running.set(id, { name: file.name, part: 0 });
    const upload = uploadFile<ArticleFile>(file, (part) => { running.set(id, { name: file.name, part }); }, `/api/v1/articles/${articleId}/attachments`);
    uploads.set(id, upload);
    upload.done.then(({ name, isImage, url }) => {
      replace(place, `${isImage ? '!' : ''}[${plain(isImage ? name.replace(/\.[a-z0-9]+$/i, '') : name)}](${url})`);
    }).catch((error: unknown) => {
      replace(`${place}\n`, '');
      replace(place, '');
      if (!(error instanceof DOMException)) toast.failed(t('editor.uploadFailed', { name: file.name }), { detail: problemText(error, ui) });
    }).finally(() => { running.delete(id); uploads.delete(id); });
  }
  onScopeDispose(() => { for (const upload of uploads.values()) upload.cancel(); });
  return { running, add: (files: Iterable<File>) => { for (const file of files) start(file); }, cancel: (id: string) => uploads.get(id)?.cancel() };
}
