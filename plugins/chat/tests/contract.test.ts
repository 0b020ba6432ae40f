import type { z } from '@plugboard/sdk';
import { expect, expectTypeOf, test } from 'vitest';
import { visitorClientSchemas } from '../../../core/shared/realtime.ts';
import type { LauncherConfig as LoaderConfig } from '../../../widget/loader/launcher-config.ts';
import type { PageConfig } from '../../../widget/app/page-config.ts';
import type { appSchema, launcherSchema } from '../server/preview.schema.ts';
import type { AppConfig, LauncherConfig } from '../server/public-config.ts';
import { visitorSchemas } from '../server/visitor.schema.ts';

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
