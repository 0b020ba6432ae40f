import { contextTypes, z } from '@plugboard/sdk';
import { idSchema } from './widget.schema.ts';

const bytes = (text: string) => new TextEncoder().encode(text).length;
export const messageText = z.string()
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

const localeSchema = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/).max(35);
const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());
const nameSchema = z.string().max(200).transform((text) => text.replaceAll('\u0000', '').trim());
/** A session of ours. */
const tokenSchema = z.string().min(10).max(200);
/** What a customer's server signed; too short or not, it is refused as a token, by its reason. */
const userTokenSchema = z.string().max(8_192);
const loose = z.record(z.string().max(80), z.json());
const contextSchema = z.record(
  z.string().regex(/^[A-Za-z0-9_.:-]{1,80}$/),
  z.strictObject({ label: z.string().trim().min(1).max(120), type: z.enum(contextTypes), value: z.json() }).nullable(),
).refine((entries) => Object.keys(entries).length <= 50, { error: 'too_many' });

export const visitorDto = z.strictObject({ id: idSchema, kind: z.enum(['anonymous', 'identified', 'verified']), name: z.string().nullable(), email: z.string().nullable() });
export const sessionAnswer = z.strictObject({ token: z.string(), expiresAt: z.string(), contactId: idSchema, contact: visitorDto, isBrief: z.boolean() });
export const sessionBody = z.strictObject({
  locale: localeSchema.optional(),
  token: tokenSchema.optional(),
  userToken: userTokenSchema.optional(),
  userDetails: z.strictObject({ email: z.string().max(254).optional(), emailHash: userTokenSchema.optional(), firstname: nameSchema.optional(), lastname: nameSchema.optional() }).optional(),
  userId: z.string().min(1).max(200).optional(),
});

export const codeSent = z.strictObject({ email: z.string(), resendAfter: z.number(), expiresIn: z.number() });
export const detailsBody = z.strictObject({ name: nameSchema.optional(), email: emailSchema.optional() });
export const detailsAnswer = z.strictObject({ contact: visitorDto, code: codeSent.nullable() });
export const codeBody = z.strictObject({ email: emailSchema });
export const confirmBody = z.strictObject({ email: emailSchema, code: z.string().regex(/^\d{6}$/) });

export const profileBody = z.strictObject({
  userId: z.string().min(1).max(200).optional(),
  userToken: userTokenSchema.optional(),
  traits: loose.optional(),
  context: contextSchema.nullable().optional(),
  company: z.strictObject({ id: z.string().min(1).max(200), traits: loose.optional() }).optional(),
  event: z.strictObject({ name: z.string().min(1).max(120), meta: loose.optional() }).optional(),
  page: z.strictObject({ url: z.string().max(2_000), title: z.string().max(300) }).optional(),
});
export const profileAnswer = z.strictObject({ contact: visitorDto, isTrusted: z.boolean() });
export const transcriptAnswer = z.strictObject({ email: z.string() });

/** `PUT /conversations/<id>/rating`: a word on an assistant's answer; null takes it back. */
export const ratingBody = z.strictObject({ messageId: idSchema, rating: z.enum(['up', 'down']).nullable() });
