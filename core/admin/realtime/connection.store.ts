import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { useOnline } from '@vueuse/core';
import { ask, socket } from './socket.ts';

const probeMs = 3_000;

export type ConnectionState = 'connecting' | 'online' | 'reconnecting' | 'restarting' | 'offline';

/** How this page stands with the server. It is always shown. */
export const useConnection = defineStore('connection', () => {
  const isOnline = useOnline();
  const phase = ref<Exclude<ConnectionState, 'offline'>>('connecting');
  const state = computed<ConnectionState>(() => (isOnline.value || phase.value === 'online' ? phase.value : 'offline'));
  let hasBeenOnline = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  /** Connects, and calls `onOnline` after each connect, `onRefused` when the server does not know the session. */
  function start(handlers: { onOnline: () => void; onRefused: () => void }): void {
    socket.on('connect', () => {
      hasBeenOnline = true;
      phase.value = 'online';
      handlers.onOnline();
    });
    socket.on('disconnect', (reason) => {
      if (phase.value !== 'restarting') phase.value = 'reconnecting';
      if (reason === 'io server disconnect') reconnectSoon(2_000);
    });
    socket.on('connect_error', (error) => {
      if (phase.value !== 'restarting') phase.value = hasBeenOnline ? 'reconnecting' : 'connecting';
      if (error.message === 'unauthenticated') handlers.onRefused();
      else if (!socket.active) reconnectSoon(2_000);
    });
    socket.on('session:ended', handlers.onRefused);
    socket.on('server:restarting', ({ retryAfter }) => {
      phase.value = 'restarting';
      reconnectSoon(Math.min(Math.max(retryAfter, 1), 30) * 1_000);
    });
    socket.connect();
  }

  function reconnectSoon(ms: number): void {
    clearTimeout(retry);
    retry = setTimeout(() => { if (!socket.connected) socket.connect(); }, ms);
  }

  /** A line that died without a word is found here sooner than by the socket's own beat. */
  async function probe(): Promise<void> {
    if (!socket.connected) return reconnectSoon(0);
    await ask('ping', {}, probeMs).catch(() => {
      if (phase.value === 'online') phase.value = 'reconnecting';
      reconnectNow();
    });
  }
  watch(isOnline, () => { if (hasBeenOnline) void probe(); });

  /** Does not wait for the next try. */
  function reconnectNow(): void {
    clearTimeout(retry);
    socket.disconnect().connect();
  }

  function stop(): void {
    clearTimeout(retry);
    socket.removeAllListeners();
    socket.disconnect();
    hasBeenOnline = false;
    phase.value = 'connecting';
  }

  return { state, start, stop, probe, reconnectNow };
});
