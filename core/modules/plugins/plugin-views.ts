import type { PluginDto, PluginHealthDto } from '../../shared/plugins.ts';
import { notFound } from '../../kernel/errors.ts';
import type { PluginHost } from '../../kernel/plugins/plugin-host.ts';
import { folderOf, presentInstance, presentPlugin } from './plugin.presenter.ts';

/** Every plugin that is on disk or was once activated, by name. */
export async function listPlugins(host: PluginHost, locale: string): Promise<PluginDto[]> {
  await host.scan();
  const [rows, instances] = await Promise.all([host.state.rows(), host.state.instances()]);
  const ids = new Set([...host.folders.keys(), ...rows.keys()]);
  return [...ids].map((id) => presentPlugin(host, id, rows.get(id), instances.filter((row) => row.pluginId === id), locale))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}

export async function readPlugin(host: PluginHost, id: string, locale: string): Promise<PluginDto> {
  await host.scan();
  const [row, instances] = await Promise.all([host.state.row(id), host.state.instances(id)]);
  if (!row && !host.folders.has(id)) throw notFound('plugin');
  return presentPlugin(host, id, row, instances, locale);
}

/** What each process sees, what went wrong, how it performs here, and what it added. */
export async function readHealth(host: PluginHost, id: string): Promise<PluginHealthDto> {
  if (!host.isKnown(id)) throw notFound('plugin');
  const [instances, errors, heldJobs] = await Promise.all([host.state.instances(id), host.errors.list(id), host.deps.kernel.jobs.waiting(`plugin:${id}:`)]);
  const { listens: _listens, ...added } = host.active(id)?.added ?? { routes: [], hooks: [], jobs: [], providers: [], namespaces: [], listens: {} };
  return {
    instances: instances.map(presentInstance),
    errors: errors.map((error) => ({ ...error, at: new Date(error.at).toISOString() })),
    points: host.deps.calls.health(id),
    heldJobs,
    adds: { ...added, claims: (folderOf(host, id)?.manifest?.claims ?? []).map((claim) => claim.path) },
  };
}
