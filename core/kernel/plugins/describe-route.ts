import type { PluginRoute, RouteAccess } from '@plugboard/sdk';
import { defineRoute, type Route } from '../http/route.ts';

/** A plugin's route as the description of the API sees it. It is answered by the plugin middleware, not by this. */
export function describePluginRoute(pluginId: string, { route, pattern }: { route: PluginRoute; pattern: string }): Route {
  return defineRoute({
    method: route.method, path: pattern, summary: route.summary, tag: pluginId,
    access: describeAccess(pluginId, route.access),
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { query: route.query } : {}),
    ...(route.body ? { body: route.body } : {}),
    ...(route.response ? { responses: { 200: route.response } } : {}),
    ...(route.upload ? { upload: { maxBytes: 0 } } : {}),
    handle: () => { throw new Error('answered by the plugin'); },
  });
}

function describeAccess(pluginId: string, access: RouteAccess): Route['access'] {
  if (typeof access === 'object' && 'sdk' in access) return { sdk: access.sdk };
  if (typeof access === 'object') return { policy: `${pluginId}.${access.ability}` };
  return access === 'contact' ? { public: 'a contact by session', session: 'contact' } : { public: 'declared by the plugin' };
}
