import type { QueryClient } from '@tanstack/vue-query';
import { useDebounceFn } from '@vueuse/core';
import { readAgain } from '../../api/read-again.ts';
import type { OperatorSocket } from '../../realtime/socket.ts';
import { callKeys } from './tools-api.ts';

/** Lets what the socket tells of calls into what is shown. `catchUp` is for after a break. */
export function bindTools(socket: OperatorSocket, queries: QueryClient): { catchUp(): void } {
  const again = useDebounceFn(() => readAgain(queries, callKeys.all), 150, { maxWait: 1_000 });
  const catchUp = (): void => void again();
  socket.on('tool-call:changed', catchUp);
  socket.on('approvals:changed', catchUp);
  return { catchUp };
}
