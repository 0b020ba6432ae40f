import { QueryClient } from '@tanstack/vue-query';
import { ApiError } from '../sdk/api.ts';

/** What was refused stays refused; a network that fails is tried twice more. Freshness comes from the socket, not from polling. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
});
