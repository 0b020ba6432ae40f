import { nextTick } from 'vue';
import { useTranslation } from 'i18next-vue';
import { useRouter } from 'vue-router';
import type { ConversationDetail, View } from '../../../shared/conversations.ts';
import { useDepartments } from '../../api/directory.ts';
import { useCommands, type Command } from '../../commands/registry.ts';
import { openComposer } from './composer/composer-focus.ts';
import { openField, type FieldName } from './fields/open-field.ts';
import type { useConversationActions } from './use-conversation-actions.ts';
import { useInboxRoute } from './use-inbox-route.ts';
import type { useListMoves } from './use-list-moves.ts';
import { viewIcons } from './views/view-icons.ts';

interface Deps {
  conversation: () => ConversationDetail | undefined;
  actions: ReturnType<typeof useConversationActions>;
  moves: ReturnType<typeof useListMoves>;
  search: () => void;
  toggle: (pane: 'views' | 'contact') => void;
}

const goKeys: [View, string][] = [['mine', 'g m'], ['unassigned', 'g u'], ['all', 'g a'], ['snoozed', 'g s'], ['ai', 'g t'], ['closed', 'g c'], ['mentions', 'g @'], ['spam', 'g !']];

/** The inbox by keyboard and from the palette. */
export function useInboxCommands({ conversation, actions, moves, search, toggle }: Deps): void {
  const { t } = useTranslation('admin');
  const router = useRouter();
  const inbox = useInboxRoute();
  const { departments } = useDepartments();
  const text = (key: string) => t(`inbox.command.${key}`);
  const open = (field: FieldName) => () => void nextTick(() => { openField[field] = true; });

  useCommands(() => [
    { id: 'list:next', title: text('next'), group: 'list', keys: ['j'], isKeyOnly: true, run: () => moves.step(1) },
    { id: 'list:previous', title: text('previous'), group: 'list', keys: ['k'], isKeyOnly: true, run: () => moves.step(-1) },
    ...(moves.isOpen() ? [] : [{ id: 'list:open', title: text('open'), group: 'list', keys: ['o', 'Enter'], isKeyOnly: true, run: moves.openCursor } satisfies Command]),
    { id: 'list:search', title: t('inbox.search'), group: 'list', icon: 'search', keys: ['/'], run: search },
    { id: 'list:undo', title: text('undo'), group: 'list', icon: 'undo', keys: ['z'], run: actions.undo },
    ...goKeys.map(([view, keys]): Command => ({ id: `go:${view}`, title: t('shell.commands.go', { name: t(`inbox.views.${view}`) }), group: 'go', icon: viewIcons[view], keys: [keys], run: () => void router.push(inbox.toView(view)) })),
    ...departments.value.map((department): Command => ({
      id: `go:${department.id}`, title: t('shell.commands.go', { name: department.name }), group: 'go', icon: 'folder', run: () => void router.push(inbox.toDepartment(department.id)),
    })),
    { id: 'pane:views', title: text('views'), group: 'view', icon: 'panel-left', keys: ['['], run: () => toggle('views') },
    ...(moves.isOpen() ? [{ id: 'pane:contact', title: text('contact'), group: 'view', icon: 'panel-right', keys: [']'], run: () => toggle('contact') } satisfies Command] : []),
  ]);

  const ofConversation = (present: ConversationDetail): Command[] => {
    const isDone = ['resolved', 'closed'].includes(present.status);
    const change: Command[] = [
      isDone
        ? { id: 'reopen', title: t('inbox.action.reopen'), group: 'conversation', icon: 'undo', keys: ['Shift+e'], run: actions.reopen }
        : { id: 'resolve', title: text('resolve'), group: 'conversation', icon: 'check-circle', keys: ['e'], keywords: 'close done', run: actions.resolve },
      { id: 'status', title: text('status'), group: 'conversation', icon: 'circle', keys: ['s'], run: open('status') },
      { id: 'priority', title: text('priority'), group: 'conversation', icon: 'flag', keys: ['p'], run: open('priority') },
      { id: 'department', title: text('department'), group: 'conversation', icon: 'folder', keys: ['d'], run: open('department') },
      { id: 'tags', title: text('tags'), group: 'conversation', icon: 'tag', keys: ['t'], run: open('tags') },
      { id: 'snooze', title: t('inbox.action.snooze'), group: 'conversation', icon: 'clock', keys: ['h'], run: actions.snooze },
      ...(present.number ? [] : [{ id: 'escalate', title: t('inbox.action.escalate'), group: 'conversation', icon: 'ticket', run: () => void actions.escalate() } satisfies Command]),
      { id: 'spam', title: t('inbox.action.spam'), group: 'conversation', icon: 'spam', keys: ['!'], run: actions.spam },
    ];
    const assign: Command[] = [
      { id: 'assign', title: text('assign'), group: 'conversation', icon: 'users', keys: ['a'], run: open('assignees') },
      { id: 'assign-me', title: text('assignMe'), group: 'conversation', icon: 'user', keys: ['i'], run: actions.assignToMe },
    ];
    const write: Command[] = [
      ...(present.may.reply ? [{ id: 'reply', title: t('composer.reply'), group: 'compose', icon: 'reply', keys: ['r'], run: () => openComposer.value?.focus('reply') } satisfies Command] : []),
      ...(present.may.note ? [{ id: 'note', title: t('composer.note'), group: 'compose', icon: 'note', keys: ['n'], run: () => openComposer.value?.focus('note') } satisfies Command] : []),
      { id: 'send', title: t('composer.send'), group: 'compose', icon: 'send', keys: ['Mod+Enter'], inEditor: true, run: () => openComposer.value?.send({ resolves: false }) },
      { id: 'send-resolve', title: t('composer.sendAndResolve'), group: 'compose', icon: 'send', keys: ['Mod+Shift+Enter'], inEditor: true, run: () => openComposer.value?.send({ resolves: present.may.change }) },
    ];
    return [
      ...write, ...(present.may.assign ? assign : []), ...(present.may.change ? change : []),
      { id: 'copy-link', title: t('inbox.action.copyLink'), group: 'conversation', icon: 'link', keys: ['.'], run: () => void actions.copyLink() },
      { id: 'back', title: text('back'), group: 'list', keys: ['Escape'], isKeyOnly: true, run: moves.close },
    ];
  };
  useCommands(() => {
    const present = conversation();
    return present ? ofConversation(present) : [];
  });
}
