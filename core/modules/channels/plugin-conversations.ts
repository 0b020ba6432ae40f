import type { ConversationsApi } from '@plugboard/sdk';
import { AppError } from '../../kernel/errors.ts';
import type { Kernel } from '../../kernel/context.ts';
import { limits } from '../../shared/limits.ts';
import { findBrand } from '../brands/index.ts';
import {
  assigneeIdsOf, closeOwnConversation, contactMessages, decodePlace, encodePlace, isTooFar, markRead, presentPublicConversation, readConversation, selectOfContact, selectPeople,
  type LoadedConversation,
} from '../conversations/index.ts';
import { announceContactTyping, isDeskOnline } from '../presence/index.ts';
import { followAnswer, giveToPeople, rateAsContact } from '../assistants/index.ts';
import { asPerson } from './contact-context.ts';
import { resolvedConversations } from './resolved-conversations.ts';

const list = 'conversations.contact';
const pageLimit = (wanted: number | undefined): number => Math.max(1, Math.min(limits.pageSize, Math.trunc(wanted ?? 50)));

/** Conversations for plugins, each call as the contact that it names. */
export function createPluginConversations(kernel: Kernel): ConversationsApi {
  const present = async (rows: readonly LoadedConversation[]) => {
    const people = await selectPeople(kernel.db.knex, rows.flatMap(assigneeIdsOf));
    return rows.map((row) => presentPublicConversation(row, people));
  };
  const presentOne = async (row: LoadedConversation) => presentPublicConversation(row, await selectPeople(kernel.db.knex, assigneeIdsOf(row)));

  return {
    list: ({ contactId, limit, cursor }) => asPerson(kernel, contactId, async ({ ctx, contact }) => {
      const size = pageLimit(limit);
      const found = await selectOfContact(ctx.db, contact.id, { limit: size, before: cursor ? decodePlace(list, cursor) : undefined });
      const rows = found.slice(0, size);
      const last = rows.at(-1);
      return { data: await present(rows), nextCursor: found.length > size && last ? encodePlace(list, { key: last.last_message_at, id: last.id }) : null };
    }),
    async get({ contactId, conversationId }) {
      try {
        return await asPerson(kernel, contactId, async ({ ctx }) => presentOne(await readConversation(ctx, conversationId)));
      } catch (error) {
        if (error instanceof AppError && error.status === 404) return null;
        throw error;
      }
    },
    messages: ({ contactId, conversationId, afterSeq, beforeSeq, limit }) => asPerson(kernel, contactId, async ({ ctx }) => {
      const conversation = await readConversation(ctx, conversationId);
      const tooFar = isTooFar(conversation.last_seq, afterSeq);
      const { data } = await contactMessages(ctx, conversation, { ...(tooFar ? {} : { afterSeq, beforeSeq }), limit: pageLimit(limit) });
      return { data, tooFar, conversation: await presentOne(conversation) };
    }),
    markRead: ({ contactId, conversationId, seq }) => asPerson(kernel, contactId, ({ ctx }) => markRead(ctx, conversationId, seq)),
    typing: ({ contactId, conversationId, isTyping }) => asPerson(kernel, contactId, async ({ ctx, contact }) => {
      await readConversation(ctx, conversationId);
      await announceContactTyping(kernel.bus, { conversationId, contactId: contact.uid, isTyping });
    }),
    close: ({ contactId, conversationId }) => asPerson(kernel, contactId, async ({ ctx }) => presentOne(await closeOwnConversation(ctx, conversationId))),
    resolved: ({ brandId, limit, cursor }) => resolvedConversations(kernel, { brandId, limit: pageLimit(limit), cursor }),
    answer: ({ contactId, conversationId, afterSeq, timeoutMs }) => asPerson(kernel, contactId, async ({ ctx }) => followAnswer(ctx, await readConversation(ctx, conversationId), { afterSeq, timeoutMs })),
    rateAnswer: ({ contactId, conversationId, messageId, rating }) => asPerson(kernel, contactId, async ({ ctx }) =>
      rateAsContact(ctx, { conversationId: (await readConversation(ctx, conversationId)).id, messageId, rating })),
    askForPerson: ({ contactId, conversationId }) => asPerson(kernel, contactId, async ({ ctx }) => {
      await giveToPeople(ctx, await readConversation(ctx, conversationId));
      return presentOne(await readConversation(ctx, conversationId));
    }),
    async presence({ brandId }) {
      const brand = await findBrand(kernel.db.knex, brandId);
      return { isOnline: brand !== undefined && isDeskOnline(kernel, brand.id) };
    },
  };
}
