import { createHash } from 'node:crypto';
import type { Kernel } from '../../kernel/context.ts';
import { pluginText } from '../../kernel/plugins/plugin-texts.ts';
import type { Provided, Providers } from '../../kernel/plugins/providers.ts';
import type { CallTexts } from './tool-call.model.ts';

export type KnownTool = Provided<'tool'>;

const kernels = new WeakMap<Kernel, () => Providers>();

/** Whom this kernel's tools come from; set when the module starts. */
export const rememberProviders = (kernel: Kernel, providers: () => Providers): void => void kernels.set(kernel, providers);

/** Tools of the plugins that are active in this process, by plugin and name. */
export function listKnownTools(kernel: Kernel): KnownTool[] {
  return (kernels.get(kernel)?.().list('tool') ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export const findKnownTool = (kernel: Kernel, id: string): KnownTool | undefined => kernels.get(kernel)?.().get('tool', id);

const maxName = 64;

/** The name that models accept. A tool's own name has no underscore, so two tools never share one. */
export function modelNameOf({ pluginId, provider }: Pick<KnownTool, 'pluginId'> & { provider: { name: string } }): string {
  const name = `${pluginId}_${provider.name}`;
  if (name.length <= maxName) return name;
  return `${name.slice(0, maxName - 9)}_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

export const findByModelName = (kernel: Kernel, name: string): KnownTool | undefined => listKnownTools(kernel).find((tool) => modelNameOf(tool) === name);

export const labelOf = ({ provider }: KnownTool, locale: string): string => pluginText(provider.pluginTexts, provider.label, locale);

/** The texts that are needed to show one call of a tool, also once its plugin is off. */
export function textsFor({ provider }: KnownTool, shown: unknown): CallTexts {
  const { label, pluginName, pluginTexts } = provider;
  const keys = new Set([label, pluginName, ...stringsIn(shown)]);
  const texts = Object.entries(pluginTexts).map(([locale, all]) => [locale, Object.fromEntries(Object.entries(all).filter(([key]) => keys.has(key)))]);
  return { label, pluginName, texts: Object.fromEntries(texts) as CallTexts['texts'] };
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
