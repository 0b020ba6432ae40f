import { ref, type Ref } from 'vue';
import { useTranslation } from 'i18next-vue';
import { problemText } from './problem.ts';
import { toast } from './toast.ts';

/** Runs one thing at a time and says how it went. `busy` holds the key of what runs. */
export function useAction(): { busy: Ref<string | null>; act: <T>(key: string, work: () => Promise<T>, done?: string) => Promise<T | undefined> } {
  const { t } = useTranslation('settings');
  const busy = ref<string | null>(null);
  const act = async <T>(key: string, work: () => Promise<T>, done?: string): Promise<T | undefined> => {
    if (busy.value !== null) return undefined;
    busy.value = key;
    try {
      const result = await work();
      if (done !== undefined) toast.done(done);
      return result;
    } catch (error) {
      toast.failed(problemText(error, t));
      return undefined;
    } finally {
      busy.value = null;
    }
  };
  return { busy, act };
}
