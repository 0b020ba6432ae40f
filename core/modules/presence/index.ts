import type { Kernel } from '../../kernel/context.ts';
import { defineModule } from '../../kernel/module.ts';
import { ConversationPresence } from './conversation-presence.ts';
import { DeskPresence } from './desk-presence.ts';
import { defineOperatorEvents } from './operator-events.ts';
import { relayTyping, sendContactPresence, sendPresence } from './send-presence.ts';

export { announceContactTyping } from './typing.ts';

interface Presence { conversations: ConversationPresence; desk: DeskPresence }
const running = new WeakMap<Kernel, Presence>();

/** Whether somebody of the desk is online for a brand now. */
export const isDeskOnline = (kernel: Kernel, brandId: number): boolean => running.get(kernel)?.desk.isOnline(brandId) ?? false;

export const presenceModule = defineModule({
  id: 'presence',
  start(kernel, context) {
    const guarded = (work: () => Promise<void>): void => {
      work().catch((error: unknown) => { kernel.log.warn({ err: error }, 'presence could not be told'); });
    };
    const conversations = new ConversationPresence(kernel.bus, kernel.config.process, (conversationId) => guarded(() => sendPresence(kernel, context, conversations, conversationId)));
    const desk = new DeskPresence(kernel.bus, kernel.config.process, () => kernel.realtime.onlineOperators());
    running.set(kernel, { conversations, desk });
    defineOperatorEvents(kernel, conversations);
    relayTyping(kernel, context, guarded);
    kernel.realtime.onOperatorGone((socket) => conversations.gone(socket.id));
    kernel.realtime.onContactPresence((contactId, isOnline) => guarded(() => sendContactPresence(kernel, context, contactId, isOnline)));
  },
  stop(kernel) {
    running.get(kernel)?.conversations.stop();
    running.get(kernel)?.desk.stop();
    running.delete(kernel);
  },
});
