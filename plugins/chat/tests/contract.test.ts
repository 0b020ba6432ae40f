import type { z } from '@plugboard/sdk';
import { expect, expectTypeOf, test } from 'vitest';
import { visitorClientSchemas } from '../../../core/shared/realtime.ts';
import type { LauncherConfig as LoaderConfig } from '../../../widget/loader/launcher-config.ts';
import type { PageConfig } from '../../../widget/app/page-config.ts';
import type {
  CodeBody, CodeSent, ConfirmBody, DetailsAnswer, DetailsBody, ProfileAnswer, ProfileBody, SessionBody, SessionDto, TranscriptAnswer, VisitorDto,
} from '../../../widget/app/wire/visitor-api.ts';
import type { appSchema, launcherSchema } from '../server/preview.schema.ts';
import type { AppConfig, LauncherConfig } from '../server/public-config.ts';
import type { codeSent, visitorDto} from '../server/visitor.schema.ts';
import {
  codeBody, confirmBody, detailsAnswer, detailsBody, profileAnswer, profileBody, sessionAnswer, sessionBody, transcriptAnswer, visitorSchemas,
} from '../server/visitor.schema.ts';

type Shared = typeof visitorClientSchemas;
type Own = typeof visitorSchemas;

/** A plugin's server may not import the shared shapes, so it has its own: they say the same. */
test('the visitor\'s events are those of the shared contract', () => {
  expect(Object.keys(visitorSchemas).sort()).toEqual(Object.keys(visitorClientSchemas).sort());
  expectTypeOf<{ [E in keyof Own]: z.input<Own[E]> }>().toEqualTypeOf<{ [E in keyof Shared]: z.input<Shared[E]> }>();
  expectTypeOf<{ [E in keyof Own]: z.output<Own[E]> }>().toEqualTypeOf<{ [E in keyof Shared]: z.output<Shared[E]> }>();
});

const id = 'a'.repeat(26);
const cid = '0b0e9a52-8a0e-4c2e-9c43-0f7f3f0a3b11';
const samples: [keyof Own, unknown][] = [
  ['message:send', { cid, body: 'hello' }],
  ['message:send', { cid, body: 'a\u0000b', attachments: [id], conversationId: id }],
  ['message:send', { cid: 'no', body: 'hello' }],
  ['message:send', { cid, body: 'x'.repeat(10_001) }],
  ['message:send', { cid, body: '😀'.repeat(10_000) }],
  ['message:send', { cid, body: '😀'.repeat(10_001) }],
  ['message:send', { cid, body: '€'.repeat(14_000) }],
  ['message:send', { cid, body: 'hello', seq: 1 }],
  ['message:send', { cid, body: 'hello', attachments: Array.from({ length: 11 }, () => id) }],
  ['conversations:list', { cursor: 'x'.repeat(501) }],
  ['sync', { conversationId: id, afterSeq: -1 }],
  ['sync', { conversationId: id, beforeSeq: 1 }],
  ['read', { conversationId: '../x', seq: 1 }],
  ['typing', { conversationId: id, isTyping: 'yes' }],
  ['conversation:close', { conversationId: id }],
  ['ping', { extra: true }],
];

test.each(samples)('%s is judged alike by both, sample %#', (event, input) => {
  const own = visitorSchemas[event].safeParse(input);
  const shared = visitorClientSchemas[event].safeParse(input);
  expect(own.success).toBe(shared.success);
  expect(own.data).toEqual(shared.data);
});

test('the pages read the configuration that the server writes', () => {
  expectTypeOf<AppConfig>().toEqualTypeOf<PageConfig>();
  expectTypeOf<LauncherConfig>().toEqualTypeOf<LoaderConfig>();
  expectTypeOf<z.output<typeof appSchema>>().toEqualTypeOf<AppConfig>();
  expectTypeOf<z.output<typeof launcherSchema>>().toEqualTypeOf<LauncherConfig>();
});

test('what the frame asks over HTTP is what the server takes and answers', () => {
  expectTypeOf<SessionBody>().toEqualTypeOf<Loose<z.input<typeof sessionBody>>>();
  expectTypeOf<DetailsBody>().toEqualTypeOf<Loose<z.input<typeof detailsBody>>>();
  expectTypeOf<CodeBody>().toEqualTypeOf<z.input<typeof codeBody>>();
  expectTypeOf<ConfirmBody>().toEqualTypeOf<z.input<typeof confirmBody>>();
  // What a page says is checked by the server: its values have no type before.
  expectTypeOf<keyof ProfileBody>().toEqualTypeOf<keyof z.input<typeof profileBody>>();
  expectTypeOf<Loose<z.input<typeof profileBody>>>().toExtend<ProfileBody>();
  expectTypeOf<VisitorDto>().toEqualTypeOf<z.output<typeof visitorDto>>();
  expectTypeOf<SessionDto>().toEqualTypeOf<z.output<typeof sessionAnswer>>();
  expectTypeOf<CodeSent>().toEqualTypeOf<z.output<typeof codeSent>>();
  expectTypeOf<DetailsAnswer>().toEqualTypeOf<z.output<typeof detailsAnswer>>();
  expectTypeOf<ProfileAnswer>().toEqualTypeOf<z.output<typeof profileAnswer>>();
  expectTypeOf<TranscriptAnswer>().toEqualTypeOf<z.output<typeof transcriptAnswer>>();
});

/** A schema's optional keys may be undefined, those of the frame's are left out: on the wire it is the same. */
type Loose<T> = T extends unknown[] ? T : T extends object ? { [K in keyof T]: Loose<Exclude<T[K], undefined>> } : T;

const contact = { id, kind: 'verified', name: null, email: 'lina@example.com' };
test.each([
  [sessionBody, { locale: 'de', token: 'pb_cs_1234567890', userToken: 'x.y.z', userDetails: { email: 'a@b.c', emailHash: 'x', firstname: 'A', lastname: 'B' }, userId: 'u_1' }],
  [sessionBody, {}],
  [detailsBody, { name: 'Lina', email: 'lina@example.com' }],
  [codeBody, { email: 'lina@example.com' }],
  [confirmBody, { email: 'lina@example.com', code: '000000' }],
  [profileBody, { userId: 'u', userToken: 't', traits: { plan: 'pro', list: [1] }, context: { cart: { label: 'Cart', type: 'list', value: ['x'] }, old: null }, company: { id: 'c', traits: {} }, event: { name: 'e', meta: {} }, page: { url: 'https://x.test', title: '' } }],
  [profileBody, { context: null }],
  [sessionAnswer, { token: 't', expiresAt: '2026-01-01T00:00:00.000Z', contactId: id, contact, isBrief: true }],
  [detailsAnswer, { contact, code: { email: 'lina@example.com', resendAfter: 60, expiresIn: 600 } }],
  [profileAnswer, { contact, isTrusted: false }],
  [transcriptAnswer, { email: 'lina@example.com' }],
] as [z.ZodType, unknown][])('the server takes the frame\'s sample %#', (schema, sample) => {
  expect(schema.safeParse(sample)).toMatchObject({ success: true });
});

test.each([
  [sessionBody, { kind: 'verified' }], [detailsBody, { email: 'nobody' }], [confirmBody, { email: 'lina@example.com', code: '12345' }], [confirmBody, { email: 'lina@example.com', code: '1234567' }],
  [profileBody, { context: { 'a b': null } }], [profileBody, { role: 'admin' }], [profileBody, { context: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, null])) }],
] as [z.ZodType, unknown][])('and refuses sample %#', (schema, sample) => {
  expect(schema.safeParse(sample).success).toBe(false);
});
