import { ref } from 'vue';
import { asRequestError } from '../wire/request-error.ts';
import type { RequestError } from '../wire/request-error.ts';
import { useWidget } from '../widget-context.ts';

/** Does something that may fail, once at a time, and says in words what went wrong. */
export function useFailure() {
  const { config, t } = useWidget();
  const failure = ref('');
  const isBusy = ref(false);

  const wordsFor = ({ code, details, retryAfter }: RequestError): string => {
    if (code === 'code_wrong' && details.triesLeft !== undefined) return t('identity.wrong', { count: details.triesLeft });
    if (code === 'rate_limited') return t('identity.wait', { count: Math.max(1, Math.ceil((retryAfter ?? 60) / 60)) });
    const key = `identity.failure.${code}`;
    return t(Object.hasOwn(config.texts, key) ? key : 'failure.other');
  };

  const attempt = async (work: () => Promise<void>): Promise<RequestError | null> => {
    if (isBusy.value) return null;
    isBusy.value = true;
    failure.value = '';
    try {
      await work();
      return null;
    } catch (error) {
      const problem = asRequestError(error);
      failure.value = wordsFor(problem);
      return problem;
    } finally {
      isBusy.value = false;
    }
  };
  return { failure, isBusy, attempt };
}
