import { useQuery } from '@tanstack/vue-query';
import { computed, onMounted, onScopeDispose } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { ViewCounts } from '../../shared/conversations.ts';
import { queryClient } from '../api/query-client.ts';
import { readAgain } from '../api/read-again.ts';
import { loadTexts, i18next } from '../i18n/i18n.ts';
import { createAdminPluginHost } from '../plugin-host/plugin-host.ts';
import { useConnection } from '../realtime/connection.store.ts';
import { socket } from '../realtime/socket.ts';
import { api } from '../sdk/api.ts';
import { deskRoute } from '../router/router.ts';
import { useSession } from '../session/session.store.ts';
import { bindInbox } from '../features/inbox/live/bind-inbox.ts';
import { bindTools } from '../features/tools/bind-tools.ts';

/** Everything that keeps an open desk current: the socket, the counts, the plugins' own pages. */
export function useLiveDesk() {
  const router = useRouter();
  const route = useRoute();
  const session = useSession();
  const connection = useConnection();
  const plugins = createAdminPluginHost({ router, parentRoute: deskRoute, translate: (key, values = {}) => i18next.t(key, values), loadTexts });
  const counts = useQuery({ queryKey: ['counts'], queryFn: ({ signal }) => api.get<ViewCounts>('/conversations/counts', { signal }), enabled: () => session.can('conversations.view') });

  async function leave(): Promise<void> {
    if (await session.load()) return;
    await router.push({ name: 'sign-in', query: { to: route.fullPath, ended: '1' } });
  }

  let stopInbox = () => {};
  onMounted(() => {
    const inbox = bindInbox(socket, queryClient);
    stopInbox = inbox.stop;
    const tools = bindTools(socket, queryClient);
    socket.on('plugins:changed', () => {
      void plugins.sync();
      void readAgain(queryClient, ['panels']);
    });
    connection.start({ onOnline: () => { inbox.catchUp(); tools.catchUp(); }, onRefused: () => void leave().catch(() => undefined) });
    void plugins.sync();
  });
  onScopeDispose(() => {
    stopInbox();
    connection.stop();
    plugins.stop();
  });

  return { unread: computed(() => counts.data.value?.mine ?? 0) };
}
