import { fileURLToPath } from 'node:url';
import { assistantConformance, conformance } from '../../../core/sdk/testing/index.ts';
import { describe, expect, it, test } from 'vitest';
import { createTestHost } from '../../../core/sdk/testing/index.ts';
import { up as assistants } from '../migrations/0001-assistants.ts';
import { up as turns } from '../migrations/0002-turns.ts';
import { createDefaultAssistant } from '../server/assistants/default-assistant.ts';
import plugin from '../server/index.ts';

const dir = fileURLToPath(new URL('../', import.meta.url));

describe('the plugin', () => {
  for (const check of conformance(plugin, { dir })) it(check.name, check.run);
});

describe('the assistant', () => {
  for (const check of assistantConformance(plugin, {
    desk: { brands: { list: async () => [], get: async () => null }, knowledge: { search: async () => ({ passages: [], confidence: 0 }), guidance: async () => [] } as never },
    prepare: async (ctx) => {
      await assistants(ctx.db);
      await turns(ctx.db);
      await createDefaultAssistant(ctx);
    },
  })) it(check.name, check.run);
});

test('permissions name every host, since models stand anywhere', async () => {
  const host = await createTestHost({ plugin });
  expect([...host.registered.models.keys()]).toEqual(['ai-language', 'ai-embedding']);
  await host.dispose();
});
