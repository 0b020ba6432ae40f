import type { PluginContext, PluginResponse } from '@plugboard/sdk';
import { loader, shimNames, shims } from './bundle.ts';
import type { Loader } from './bundle.ts';

function sendScript({ script, etag }: Loader, ifNoneMatch: string | undefined): PluginResponse {
  const headers = { ETag: etag, 'Cache-Control': 'public, max-age=300', 'Cross-Origin-Resource-Policy': 'cross-origin' };
  return ifNoneMatch === etag ? { status: 304, headers } : { script, headers };
}

/** The script for the host page, and its stand-ins for other chats' scripts. */
export async function addScriptRoutes(ctx: PluginContext): Promise<void> {
  const shared = { method: 'get', access: 'public', perMinute: 600, cors: true } as const;
  await ctx.routes.add({
    ...shared, claim: '/widget.js', path: '', summary: 'Script for the host page',
    handle: async ({ headers }) => sendScript(await loader(), headers['if-none-match']),
  });
  for (const name of shimNames) {
    await ctx.routes.add({
      ...shared, claim: '/widget/compat', path: `/${name}.js`, summary: `Script for a page that was made for another chat (${name})`,
      handle: async ({ headers }) => sendScript(await shims[name](), headers['if-none-match']),
    });
  }
  await ctx.routes.add({
    ...shared, claim: '/packs/js/sdk.js', path: '', summary: 'Script for a page that was made for another chat, at its customary address',
    handle: async ({ headers }) => sendScript(await shims.chatwoot(), headers['if-none-match']),
  });
}
