import { contextTypes, z } from '@plugboard/sdk';
import { messageText } from './visitor.schema.ts';
import { idSchema } from './widget.schema.ts';

const plain = (max: number) => z.string().transform((text) => text.replaceAll('\u0000', '').toWellFormed().trim()).pipe(z.string().min(1).max(max));
const externalId = plain(200);

/** `POST /api/sdk/chat` and `/chat/stream`. Names are snake_case on this wire. */
export const sdkChatBody = z.strictObject({
  message: messageText.refine((text) => text.trim() !== '', { error: 'message_empty' }),
  user_id: externalId.optional(),
  user_token: z.string().max(8_192).optional(),
  /** What an earlier call answered, or a widget's bearer token: proof that its visitor goes on. */
  session_id: z.string().min(10).max(200).optional(),
  conversation_id: idSchema.optional(),
  company_id: externalId.optional(),
  context: z.record(
    z.string().regex(/^[A-Za-z0-9_.:-]{1,80}$/), z.strictObject({ label: plain(120), type: z.enum(contextTypes), value: z.json() }).nullable(),
  ).refine((entries) => Object.keys(entries).length <= 50, { error: 'too_many' }).optional(),
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()).optional(),
  name: plain(200).optional(),
  /** Kept with a conversation that this message begins. */
  metadata: z.record(z.string().min(1).max(80), z.union([z.string().max(2_000), z.number(), z.boolean()]))
    .refine((entries) => Object.keys(entries).length <= 40, { error: 'too_many' }).optional(),
  /** Slug of a widget of the brand, and of a brand for a server key of all brands. */
  widget: z.string().min(1).max(100).optional(),
  tenant: z.string().min(1).max(80).optional(),
});
export type SdkChat = z.output<typeof sdkChatBody>;

export const sdkChatAnswer = z.strictObject({
  session_id: z.string(),
  conversation_id: idSchema,
  handled_by: z.enum(['assistant', 'human']),
  /** The assistant's words and what they stand on; people answer later, in the conversation. */
  message: z.strictObject({ text: z.string(), sources: z.array(z.strictObject({ title: z.string(), url: z.string().nullable() })) }).optional(),
});
