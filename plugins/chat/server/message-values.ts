import type { ConversationsApi, PublicMessageDto } from '@plugboard/sdk';

/** A message as the templates of mails get it. */
export interface MessageValues { author: string; text: string; at: string; isVisitor: boolean; files: string[] }

export const messageValues = (message: PublicMessageDto): MessageValues => ({
  author: message.author.name, text: message.body.text, at: message.createdAt, isVisitor: message.isMine, files: message.attachments.map(({ name }) => name),
});

export const isReply = (message: PublicMessageDto): boolean => message.kind === 'reply';

const pageSize = 100;

/** The newest `max` messages of a conversation as its contact may see them, the oldest first. */
export async function newestMessages(conversations: ConversationsApi, input: { contactId: string; conversationId: string }, max: number) {
  let page = await conversations.messages({ ...input, limit: Math.min(max, pageSize) });
  const messages = [...page.data];
  for (;;) {
    const [oldest] = messages;
    if (!oldest || oldest.seq <= 1 || messages.length >= max || page.data.length === 0) return { conversation: page.conversation, messages: messages.slice(-max) };
    page = await conversations.messages({ ...input, beforeSeq: oldest.seq, limit: pageSize });
    messages.unshift(...page.data);
  }
}
