import { serverScopes, type PluginRoute, type RoutesApi } from '@plugboard/sdk';
import type { PluginInstance } from '../plugin-instance.ts';

/** Routes below `/api/plugins/<id>`, or below one of the plugin's claims. */
export function createRoutesApi(instance: PluginInstance): RoutesApi {
  const { manifest } = instance;
  return {
    async add(route) {
      instance.live();
      const { claim, access } = route;
      if (claim !== undefined && !manifest.claims.some((known) => known.path === claim)) throw new Error(`${claim} is no claim of the manifest`);
      if (typeof access === 'object' && 'ability' in access && !manifest.abilities.some((known) => known.id === access.ability)) throw new Error(`${access.ability} is no ability of the manifest`);
      if (typeof access === 'object' && 'sdk' in access && !serverScopes.includes(access.sdk)) throw new Error(`${String(access.sdk)} is no scope of a server key`);
      if (route.upload) instance.need('files:write');
      const pattern = instance.routes.add(claim ?? `/api/plugins/${instance.id}`, route as unknown as PluginRoute);
      instance.added.routes.push(`${route.method.toUpperCase()} ${pattern}`);
    },
  };
}
