import type { ParsedManifest, ParsedSettingField } from '@plugboard/sdk';
import type { Discovered } from '../../kernel/plugins/discovery.ts';
import type { PluginHost } from '../../kernel/plugins/plugin-host.ts';
import { pickVersion } from '../../kernel/plugins/plugin-plan.ts';
import type { InstanceRow, PluginRow } from '../../kernel/plugins/plugin-state.ts';
import { pluginText, type PluginTexts } from '../../kernel/plugins/plugin-texts.ts';
import type { Phase, PluginDto, PluginInstanceDto } from '../../shared/plugins.ts';

/** From what needs a person most to what needs none. */
const severity: readonly Phase[] = ['quarantined', 'failed', 'missing', 'incompatible', 'degraded', 'closing', 'loading', 'active', 'idle'];

export const presentInstance = (row: InstanceRow): PluginInstanceDto => ({
  process: row.process, phase: row.phase, stage: row.stage, error: row.error, version: row.version, seenAt: new Date(row.seenAt).toISOString(),
});

/** The folder that stands for a plugin now: the version that was activated, else the newest. */
export function folderOf(host: PluginHost, id: string): Discovered | undefined {
  const row = host.rows.get(id);
  const versions = host.folders.get(id) ?? [];
  return row?.desired === 'active' ? pickVersion(row, versions) : versions[0];
}

/** One plugin for the admin: from its manifest, its texts in the reader's language, and what each process sees. */
export function presentPlugin(host: PluginHost, id: string, row: PluginRow | undefined, instances: readonly InstanceRow[], locale: string): PluginDto {
  const found = folderOf(host, id);
  const manifest = found?.manifest ?? null;
  const text = (key: string): string => pluginText(found?.texts ?? {}, key, locale);
  return {
    id,
    name: manifest ? text(manifest.name) : id,
    description: manifest ? text(manifest.description) : '',
    ...described(manifest, text),
    consented: row?.consented ?? [],
    isShipped: found?.isShipped ?? false,
    desired: row?.desired ?? 'inactive',
    phase: worstPhase(instances, found),
    instances: instances.length > 0 || !found?.problem ? instances.map(presentInstance) : [problemHere(host, found.problem)],
  };
}

function described(manifest: ParsedManifest | null, text: (key: string) => string) {
  return {
    version: manifest?.version ?? null,
    category: manifest?.category ?? 'other',
    kind: manifest?.kind ?? 'plugin',
    icon: manifest?.icon ?? null,
    author: manifest?.author ?? null,
    permissions: manifest?.permissions ?? [],
    hasSettings: (manifest?.settings.length ?? 0) > 0,
    hasAdmin: manifest?.entry.admin !== undefined,
    requires: manifest?.requires ?? {},
    abilities: (manifest?.abilities ?? []).map(({ id, label }) => ({ id, label: text(label) })),
    tools: (manifest?.tools ?? []).map((tool) => ({ ...tool, label: text(tool.label) })),
    claims: (manifest?.claims ?? []).map((claim) => claim.path),
  };
}

function worstPhase(instances: readonly InstanceRow[], found: Discovered | undefined): Phase {
  if (instances.length === 0) return found ? found.problem ? 'incompatible' : 'idle' : 'missing';
  return severity.find((phase) => instances.some((instance) => instance.phase === phase)) ?? 'idle';
}

/** Why a plugin that nobody has activated could not be. */
const problemHere = (host: PluginHost, problem: string): PluginInstanceDto => ({
  process: host.state.process, phase: 'incompatible', stage: 'compatibility', error: problem, version: null, seenAt: new Date().toISOString(),
});

/** Fields of the settings form with their texts in the reader's language. */
export function presentFields(fields: readonly ParsedSettingField[], texts: PluginTexts, locale: string): ParsedSettingField[] {
  const text = (key: string | undefined): string | undefined => key && pluginText(texts, key, locale);
  return fields.map((field) => ({
    ...field,
    label: pluginText(texts, field.label, locale),
    ...(field.help ? { help: text(field.help) } : {}),
    ...(field.group ? { group: text(field.group) } : {}),
    ...(field.options ? { options: field.options.map((option) => ({ ...option, label: pluginText(texts, option.label, locale) })) } : {}),
  }));
}
