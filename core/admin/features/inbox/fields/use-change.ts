import { useTranslation } from 'i18next-vue';
import type { ConversationDetail, PersonRef } from '../../../../shared/conversations.ts';
import { problemText } from '../../../ui/problem.ts';
import { toast } from '../../../ui/toast.ts';
import type { ConversationChange } from '../inbox-api.ts';
import { useChanges } from './changes.store.ts';

/** Changes a conversation and says so: with Undo when `said` names what was done, with the reason when it was refused. */
export function useChange() {
  const { t } = useTranslation('admin');
  const { t: ui } = useTranslation('settings');
  const changes = useChanges();
  const explain = (error: unknown) => toast.failed(t('inbox.changeFailed'), { detail: problemText(error, ui) });

  async function undo(conversationId?: string): Promise<void> {
    try {
      toast.say(t(await changes.undo(conversationId) ? 'inbox.undone' : 'inbox.nothingToUndo'));
    } catch (error) {
      explain(error);
    }
  }

  async function change(conversation: ConversationDetail, next: ConversationChange, options: { said?: string; people?: PersonRef[] } = {}): Promise<boolean> {
    try {
      const isDone = await changes.change(conversation, next, options.people);
      if (isDone && options.said) toast.done(options.said, { undo: { label: t('inbox.undo'), run: () => void undo(conversation.id) } });
      return isDone;
    } catch (error) {
      explain(error);
      return false;
    }
  }

  return { change, undo };
}
