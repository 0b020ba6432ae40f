import type { Bus } from '../../kernel/bus/bus.ts';

/** Hints of typing between processes. A note is never announced to a contact: there is no topic that could carry it. */
export const typingTopics = { contact: 'typing:contact', desk: 'typing:desk' } as const;

export interface ContactTyping { conversationId: string; contactId: string; isTyping: boolean }
export interface DeskTyping { conversationId: string; contactId: string; author: { id: string; name: string }; isTyping: boolean }

export const announceContactTyping = (bus: Bus, typing: ContactTyping): Promise<void> => bus.publish(typingTopics.contact, typing);
export const announceReplyTyping = (bus: Bus, typing: DeskTyping): Promise<void> => bus.publish(typingTopics.desk, typing);
