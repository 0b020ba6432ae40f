import { useQueryClient } from '@tanstack/vue-query';
import { useTranslation } from 'i18next-vue';
import type { ConversationDetail } from '../../../shared/conversations.ts';
import { useSession } from '../../session/session.store.ts';
import { problemText } from '../../ui/problem.ts';
import { toast } from '../../ui/toast.ts';
import { useChange } from './fields/use-change.ts';
import { inboxApi, keys, type ConversationChange } from './inbox-api.ts';

/** What can be done with the open conversation. `advance` goes to the next one of the list. */
export function useConversationActions(conversation: () => ConversationDetail | undefined, advance: () => void) {
  const { t } = useTranslation('admin');
  const { t: ui } = useTranslation('settings');
  const session = useSession();
  const queries = useQueryClient();
  const { change, undo } = useChange();

  const putAway = (next: ConversationChange, said: string) => {
    const present = conversation();
    if (!present?.may.change) return;
    advance();
    void change(present, next, { said });
  };

  return {
    undo: () => void undo(),
    resolve: () => putAway({ status: 'resolved' }, t('inbox.said.resolved')),
    snooze: () => putAway({ status: 'snoozed' }, t('inbox.said.snoozed')),
    spam: () => putAway({ isSpam: true }, t('inbox.said.spam')),
    reopen() {
      const present = conversation();
      if (present?.may.change) void change(present, { status: 'open' }, { said: t('inbox.said.reopened') });
    },
    assignToMe() {
      const present = conversation();
      const me = session.operator;
      if (!present?.may.assign || !me || present.assignees.some(({ id }) => id === me.id)) return;
      // Whoever takes it speaks: an assistant that had it is silent from now on.
      const others = present.assistantState === 'off' ? present.assignees : [];
      const people = [...others, { id: me.id, name: me.name }];
      void change(present, { assigneeIds: people.map(({ id }) => id) }, { people, said: t('inbox.said.assignedToMe') });
    },
    async escalate() {
      const present = conversation();
      if (!present) return;
      try {
        const detail = await inboxApi.escalate(present.id);
        queries.setQueryData(keys.conversation(present.id), detail);
        toast.done(t('inbox.said.escalated', { number: detail.number ?? '' }));
      } catch (error) {
        toast.failed(t('inbox.changeFailed'), { detail: problemText(error, ui) });
      }
    },
    async copyLink() {
      const present = conversation();
      if (!present) return;
      const link = `${location.origin}/admin/conversations/${present.id}`;
      try {
        await navigator.clipboard.writeText(link);
        toast.done(t('inbox.said.linkCopied'));
      } catch {
        toast.say(link);
      }
    },
  };
}
