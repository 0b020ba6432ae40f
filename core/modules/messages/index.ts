import { defineModule } from '../../kernel/module.ts';

export { insertEvent, insertText, type Place } from './insert-message.ts';
export { checkDraft, fingerprintOf, type Draft } from './message-draft.ts';
export type { MessageEventKey } from './message-events.ts';
export { systemAuthor, type Author, type MessageEvent, type MessageRow } from './message.model.ts';
export { presentMessage } from './message.presenter.ts';
export {
  countRepliesToContact, findByCid, selectMessages, selectMessagesById, selectNewerReplies, type Audience, type MessageWindow,
} from './message.queries.ts';
export { moveContactMessages } from './move-messages.ts';
export { isPublicMessage, presentPublicMessage, type PublicMessageRow } from './public-message.presenter.ts';
export { plainOf, renderText, snippetOf } from './render-text.ts';

export const messagesModule = defineModule({ id: 'messages' });
