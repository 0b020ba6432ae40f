import type { QueryClient } from '@tanstack/vue-query';
import type { OperatorSocket } from '../../../realtime/socket.ts';

export function bindInbox(socket: OperatorSocket, queries: QueryClient): { catchUp(): void; stop(): void } {
  socket.on('counts:changed', () => void queries.invalidateQueries({ queryKey: ['counts'] }));
  return { catchUp: () => {}, stop: () => {} };
}
