import type { ParsedManifest, SettingsCheck } from '@plugboard/sdk';
import type { ActionContext } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Discovered } from '../../kernel/plugins/discovery.ts';
import type { PluginHost } from '../../kernel/plugins/plugin-host.ts';
import { pluginText } from '../../kernel/plugins/plugin-texts.ts';
import type { PluginSettingsDto } from '../../shared/plugins.ts';
import { audit } from '../audit/index.ts';
import { readBrand } from '../brands/index.ts';
import { folderOf, presentFields } from './plugin.presenter.ts';

interface Place { id: string; brandId?: string | undefined }

function described(host: PluginHost, id: string): { found: Discovered; manifest: ParsedManifest } {
  const found = folderOf(host, id);
  if (!found?.manifest) throw notFound('plugin');
  return { found, manifest: found.manifest };
}

const rowOf = async (ctx: ActionContext, brandId: string | undefined): Promise<number> => (brandId === undefined ? 0 : (await readBrand(ctx.db, brandId)).id);

/** The form of a plugin and its values, for the desk or for one brand; known with the plugin off. */
export async function readPluginSettings(ctx: ActionContext, host: PluginHost, { id, brandId }: Place): Promise<PluginSettingsDto> {
  ctx.authorize('plugin.manage');
  const { found, manifest } = described(host, id);
  return host.settings.present(manifest, await rowOf(ctx, brandId), brandId ?? null, presentFields(manifest.settings, found.texts, ctx.locale));
}

export async function writePluginSettings(ctx: ActionContext, host: PluginHost, input: Place & { values: Record<string, unknown> }): Promise<PluginSettingsDto> {
  ctx.authorize('plugin.manage');
  const { manifest } = described(host, input.id);
  await host.settings.write(manifest, input.values, await rowOf(ctx, input.brandId));
  await audit(ctx, 'plugin.settings', { type: 'plugin', id: input.id }, { keys: Object.keys(input.values), brandId: input.brandId ?? null });
  return readPluginSettings(ctx, host, input);
}

/** Test connection, on the values of the form as they are now. */
export async function checkPluginSettings(ctx: ActionContext, host: PluginHost, input: Place & { values: Record<string, unknown> }): Promise<SettingsCheck> {
  ctx.authorize('plugin.manage');
  const { found } = described(host, input.id);
  const check = await host.admin.check(input.id, input.values, await rowOf(ctx, input.brandId));
  if (!check.ok) return { ...check, message: pluginText(found.texts, check.message, ctx.locale) };
  return check.detail ? { ok: true, detail: pluginText(found.texts, check.detail, ctx.locale) } : check;
}
