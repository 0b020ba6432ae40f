import { useTranslation } from 'i18next-vue';
import { onMounted, onScopeDispose } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { NotificationDto } from '../../../shared/notifications.ts';
import { socket } from '../../realtime/socket.ts';
import { useSession } from '../../session/session.store.ts';
import { toast } from '../../ui/toast.ts';
import { ringBell } from './bell.ts';
import { notificationTitle } from './notification-title.ts';

const remembered = 200;
/** One tab rings for all of them: as long as it holds the lock the others stay silent. */
const ringsFor = 1_500;

/** Says what this person wants to be told of: a note at the edge of the screen, a bell, and where a click on a push leads. */
export function useNotifications(): void {
  const { t } = useTranslation('admin');
  const router = useRouter();
  const route = useRoute();
  const session = useSession();
  const seen = new Set<string>();

  const isLookedAt = (conversationId: string): boolean => route.params.conversationId === conversationId && document.hasFocus();

  function told(notification: NotificationDto): void {
    if (seen.has(notification.id)) return;
    seen.add(notification.id);
    if (seen.size > remembered) seen.delete([...seen][0] ?? '');
    if (isLookedAt(notification.conversationId)) return;
    if (notification.sound && session.preferences?.sounds) void ringOnce();
    if (notification.show) show(notification);
  }

  function show({ conversationId, event, author, subject, text }: NotificationDto): void {
    toast.say(notificationTitle((key, values) => t(key, values), event, author), {
      id: conversationId,
      detail: [subject, text].filter(Boolean).join(' · '),
      action: { label: t('notifications.open'), run: () => void router.push(`/conversations/${conversationId}`) },
    });
  }

  const opened = ({ data }: MessageEvent<{ type?: string; address?: string }>): void => {
    if (data.type === 'open' && data.address?.startsWith('/')) void router.push(data.address);
  };

  onMounted(() => {
    socket.on('notification', told);
    if ('serviceWorker' in navigator) navigator.serviceWorker.addEventListener('message', opened);
  });
  onScopeDispose(() => {
    socket.off('notification', told);
    if ('serviceWorker' in navigator) navigator.serviceWorker.removeEventListener('message', opened);
  });
}

async function ringOnce(): Promise<void> {
  if (!('locks' in navigator)) return ringBell();
  await navigator.locks.request('plugboard.bell', { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    ringBell();
    await new Promise((resolve) => { setTimeout(resolve, ringsFor); });
  });
}
