import { useQueryClient } from '@tanstack/vue-query';
import { onScopeDispose } from 'vue';
import { readAgain } from '../../../api/read-again.ts';
import { socket } from '../../../realtime/socket.ts';
import { keys } from '../knowledge-api.ts';

/** While these screens are open they follow what is being read: by the socket, and by asking now and then where one was missed. */
export function useSourceNews(): void {
  const queryClient = useQueryClient();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A site of many pages tells of each of them.
  const onNews = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void readAgain(queryClient, [keys.sources]);
    }, 300);
  };
  socket.on('knowledge:changed', onNews);
  onScopeDispose(() => { clearTimeout(timer); socket.off('knowledge:changed', onNews); });
}

export const pollMs = 5_000;
