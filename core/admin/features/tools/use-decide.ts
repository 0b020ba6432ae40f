import { useQueryClient } from '@tanstack/vue-query';
import { useTranslation } from 'i18next-vue';
import { ref } from 'vue';
import type { ToolCallDto } from '../../../shared/tools.ts';
import { problemOf, problemText } from '../../ui/problem.ts';
import { toast } from '../../ui/toast.ts';
import { decide, forgetCalls } from './tools-api.ts';

/** Says yes or no to a call, and tells what came of it. `busy` holds what is under way. */
export function useDecide() {
  const { t } = useTranslation('tools');
  const { t: say } = useTranslation('settings');
  const queries = useQueryClient();
  const busy = ref<{ id: string; approve: boolean } | null>(null);

  async function run(call: ToolCallDto, approve: boolean, reason?: string): Promise<boolean> {
    if (busy.value) return false;
    busy.value = { id: call.id, approve };
    try {
      tell(await decide(call.id, approve, reason), approve);
      return true;
    } catch (error) {
      const problem = problemOf(error);
      const other = problem?.code === 'decided' ? (problem.call as ToolCallDto | undefined)?.decidedBy?.name : undefined;
      toast.failed(other ? t('decidedBy', { name: other }) : problemText(error, say));
      return problem?.code === 'decided';
    } finally {
      busy.value = null;
      await forgetCalls(queries);
    }
  }

  function tell(call: ToolCallDto, approve: boolean): void {
    const values = { tool: call.tool.label };
    if (!approve) toast.done(t('rejected', values));
    else if (call.status === 'done') toast.done(t('ran', values));
    else toast.failed(t('didNotRun', values), call.error === null ? {} : { detail: call.error });
  }

  return { busy, run };
}
