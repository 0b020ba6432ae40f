import { onScopeDispose } from 'vue';
import { useTranslation } from 'i18next-vue';
import { problemText } from '../../ui/problem.ts';
import { toast } from '../../ui/toast.ts';
import { useOutbox, type Pending } from './composer/outbox.store.ts';
import { useChange } from './fields/use-change.ts';
import { inboxApi } from './inbox-api.ts';

/** "Send and resolve": the second half, once the first has arrived. */
export function useResolveAfterSend(advanceFrom: (id: string) => void): void {
  const { t } = useTranslation('admin');
  const { t: ui } = useTranslation('settings');
  const outbox = useOutbox();
  const { change } = useChange();

  async function resolve(conversationId: string): Promise<void> {
    try {
      const present = await inboxApi.conversation(conversationId);
      advanceFrom(conversationId);
      await change(present, { status: 'resolved' }, { said: t('inbox.said.resolved') });
    } catch (error) {
      toast.failed(t('inbox.changeFailed'), { detail: problemText(error, ui) });
    }
  }
  const listener = (entry: Pending) => { if (entry.resolves) void resolve(entry.conversationId); };
  outbox.onSent.add(listener);
  onScopeDispose(() => outbox.onSent.delete(listener));
}
