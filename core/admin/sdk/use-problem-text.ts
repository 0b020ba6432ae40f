import { useTranslation } from 'i18next-vue';
import { problemText } from '../ui/problem.ts';

/** Says an error of the API the way the desk says it. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation('settings');
  return (error) => problemText(error, t);
}
