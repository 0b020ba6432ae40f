import { z } from '@plugboard/sdk';
import { idSchema } from './widget.schema.ts';

const bytes = (text: string) => new TextEncoder().encode(text).length;
const messageText = z.string()
  .transform((text) => text.replaceAll('\u0000', ''))
  .refine((text) => [...text].length <= 10_000 && bytes(text) <= 40 * 1024, { error: 'message_too_long' });

/** What a visitor's socket may send; each event answers through its acknowledgement. */
export const visitorSchemas = {
  'message:send': z.strictObject({
    cid: z.uuid(),
    body: messageText,
    attachments: z.array(idSchema).max(10).default([]),
    conversationId: idSchema.optional(),
    buttonId: z.string().max(60).optional(),
    pageUrl: z.string().max(2_000).optional(),
  }),
  'conversations:list': z.strictObject({ cursor: z.string().max(500).optional() }),
  sync: z.strictObject({ conversationId: idSchema, afterSeq: z.number().int().min(0).optional(), beforeSeq: z.number().int().min(1).optional() }),
  read: z.strictObject({ conversationId: idSchema, seq: z.number().int().min(0) }),
  typing: z.strictObject({ conversationId: idSchema, isTyping: z.boolean() }),
  'conversation:close': z.strictObject({ conversationId: idSchema }),
  ping: z.strictObject({}),
};

export type SendInput = z.output<(typeof visitorSchemas)['message:send']>;
