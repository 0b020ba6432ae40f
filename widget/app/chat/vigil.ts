import type { Wire } from '../wire/wire.ts';
import type { ChatState } from './chat-state.ts';

export interface VigilParts {
  state: ChatState;
  wire: Wire;
  refresh(): void;
  /** Is the channel switched off, as far as the server can be asked? */
  isClosed(): Promise<boolean>;
}

const syncEvery = () => 60_000 + Math.random() * 60_000;
const closedCheck = 30_000;
const isSeen = () => document.visibilityState === 'visible';

/** Watches network, visibility and time, and asks the server whenever something may have been missed. */
export function keepVigil({ state, wire, refresh, isClosed }: VigilParts): void {
  window.addEventListener('online', () => wire.hurry());
  window.addEventListener('offline', () => wire.probe());
  document.addEventListener('visibilitychange', () => {
    if (!isSeen()) return;
    wire.hurry();
    refresh();
  });
  const syncLater = () => setTimeout(() => {
    if (isSeen()) refresh();
    syncLater();
  }, syncEvery());
  syncLater();

  /** Without a socket nobody tells that the channel was switched off, or on again. */
  const checkWhileResting = async () => {
    if (wire.state !== 'resting') return;
    const closed = await isClosed();
    if (wire.state === 'resting') state.connection.value = closed ? 'closed' : 'resting';
  };
  setInterval(() => { if (state.isOpen.value && isSeen()) void checkWhileResting(); }, closedCheck);
}
