import { z } from 'zod';
import { adminAddress } from '../../kernel/plugins/http.ts';
import type { PluginHost } from '../../kernel/plugins/plugin-host.ts';

/** Browser modules that the admin app loads; each address changes with the version. */
export function listAdminModules(host: PluginHost): { id: string; version: string; url: string }[] {
  return host.activeOnes().flatMap((instance) => {
    const address = adminAddress(instance);
    return address ? [{ id: instance.id, version: instance.version, url: `${address.path}/${address.entry}` }] : [];
  });
}

/** Every hook of the desk with its documentation and who listens. */
export function listHooks(host: PluginHost) {
  return host.deps.hooks.declarations().map(({ name, declaration, listeners }) => ({
    name,
    kind: declaration.kind,
    summary: declaration.summary,
    since: declaration.since,
    timeoutMs: declaration.timeoutMs ?? 2_000,
    deprecation: declaration.deprecation ?? null,
    sample: declaration.sample,
    schema: declaration.schema ? z.toJSONSchema(declaration.schema, { unrepresentable: 'any', io: 'output' }) : null,
    listeners,
  }));
}
