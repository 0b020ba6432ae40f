import { defineModule } from '../../kernel/module.ts';
import { contactBroadcasts } from './contact.broadcasts.ts';
import { contactRoutes } from './contacts.routes.ts';
import { conversationBroadcasts } from './conversation.broadcasts.ts';
import { conversationHooks } from './conversation.hooks.ts';
import { conversationPolicies } from './conversation.policy.ts';
import { conversationRoutes } from './conversations.routes.ts';
import { threadRoutes } from './thread.routes.ts';

export { addMessage, type AddedMessage, type NewMessage } from './add-message.ts';
export { answerAsAssistant, takeFromAssistant, type AssistantOutcome } from './answer-as-assistant.ts';
export { closeOwnConversation } from './close-own-conversation.ts';
export { changeConversation } from './change-conversation.ts';
export { escalateConversation } from './escalate-conversation.ts';
export { markRead } from './mark-read.ts';
export { findMentioned } from './mentions.ts';
export { mayOpenFile } from './may-open-file.ts';
export { moveConversations } from './move-conversations.ts';
export { contactMessages, isTooFar, staffMessages } from './message-page.ts';
export { accessOf, assigneeIdsOf, type ConversationAccess, type LoadedConversation } from './conversation.model.ts';
export { presentDetail, presentSummaries } from './conversation.presenter.ts';
export { findConversation, findConversationById, lockConversation, readConversation, selectListed, selectOfContact, selectPeople } from './conversation.queries.ts';
export { decodePlace, encodePlace } from './list-cursor.ts';
export { accessCondition } from './list-segments.ts';
export { presentPublicConversation } from './public-conversation.presenter.ts';
export { recordEvent } from './record-event.ts';
export { refOf } from './conversation-ref.ts';
export { setAssistantState } from './set-assistant-state.ts';
export { beginTurn, speakerTopic, type SpeakerPayload } from './speaker.ts';
export { tellAssistantChanged } from './tell-change.ts';
export { guardsLetSee, viewersOf } from './view-guard.ts';

export const conversationsModule = defineModule({
  id: 'conversations',
  routes: [...conversationRoutes, ...threadRoutes, ...contactRoutes],
  policies: conversationPolicies,
  hooks: conversationHooks,
  broadcasts: { ...conversationBroadcasts, ...contactBroadcasts },
});
