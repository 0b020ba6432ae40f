import { ref, watch } from 'vue';
import type { Ref } from 'vue';
import type { ToApp } from '../../protocol.ts';
import type { Chat } from '../chat/chat.ts';
import type { FrameSize } from '../frame-size.ts';
import { HostStorage } from '../safe-storage.ts';
import type { TextStorage } from '../safe-storage.ts';
import type { Mode } from '../theme.ts';
import type { HostPage } from '../wire/host-page.ts';
import type { PageCalls } from './page-calls.ts';
import type { ProfileQueue } from './profile-queue.ts';

export interface HearPageParts { host: HostPage; chat: Chat; calls: PageCalls; queue: ProfileQueue; size: FrameSize; storage: TextStorage }

/** A page that says nothing of itself holds nobody up for longer. */
const patience = 1_500;

/** Does what the page around the frame says. `settled`: who the visitor is by the page's word is known, as far as it can be. */
export function hearPage({ host, chat, calls, queue, size, storage }: HearPageParts): { mode: Ref<Mode | null>; settled: Promise<void> } {
  const { state } = chat;
  const mode = ref<Mode | null>(null);
  const settled = Promise.withResolvers<void>();
  if (host.isListening) setTimeout(settled.resolve, patience);
  else settled.resolve();

  /** Nothing that comes after a log-out is mixed up with what goes. */
  let leaving = Promise.resolve();
  const heard: { [T in ToApp['type']]?: (message: Extract<ToApp, { type: T }>) => void } = {
    options: ({ options }) => {
      if (options.defaultMode === 'full' && !state.isFull.value) size.toggleFull();
      void leaving.then(() => calls.take(options)).finally(settled.resolve);
    },
    page: ({ url, title }) => calls.at({ url, title }),
    theme: (message) => { mode.value = message.mode; },
    forget: () => {
      queue.clear();
      leaving = chat.forget();
    },
    call: (message) => void leaving.then(() => calls.call(message)),
    kept: ({ values }) => {
      if (!(storage instanceof HostStorage)) return;
      storage.apply(values);
      void chat.otherTabChanged();
    },
    visible: (message) => {
      state.isOpen.value = message.isOpen;
      state.isPhone.value = message.isPhone;
      state.isSidebar.value = message.isSidebar;
      state.position.value = message.isLeft === undefined ? null : message.isLeft ? 'left' : 'right';
    },
  };
  host.listen((message) => (heard[message.type] as ((message: ToApp) => void) | undefined)?.(message));
  watch([state.isPhone, state.isSidebar], () => { if (size.chosen) size.tell(); });
  if (size.chosen) size.tell();
  return { mode, settled: settled.promise };
}
