import { PluginError } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import type { Sessions } from './sessions.ts';
import type { WidgetStore } from './widget.store.ts';

/** The widgets' keys and signed tokens are good for `/api/sdk` as well. */
export async function registerIdentity(ctx: PluginContext, store: WidgetStore, sessions: Sessions): Promise<void> {
  await ctx.identity.register({
    id: 'widgets',
    async resolveKey(key) {
      const widget = await store.byKey(key);
      return widget && { brandId: widget.brandId, allowedOrigins: widget.allowedOrigins, requiresProof: widget.security.requireAuthentication };
    },
    async verifyToken({ key, token }) {
      const widget = await store.byKey(key);
      if (!widget) throw new PluginError('identity_invalid', 403, { reason: 'signature' });
      return sessions.identity(widget, token);
    },
  });
}
