import { z } from 'zod';

/** Level of the plugin API that this SDK speaks. Level 1 holds through every 1.x release. */
export const API_LEVEL = 1;

/** A plugin's id: also the namespace of its routes, texts, tables, jobs, abilities and CSS. */
export const pluginIdSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);

const textKey = z.string().min(1).max(120);

export const settingTypes = [
  'text', 'textarea', 'markdown', 'number', 'boolean', 'select', 'multiselect', 'secret', 'url', 'email',
  'color', 'duration', 'list', 'key-value', 'oauth', 'brand', 'department', 'operator', 'tag',
] as const;

/** One field of the settings form. The host draws, validates, stores and (for secrets) encrypts it. */
export const settingFieldSchema = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/),
  type: z.enum(settingTypes),
  label: textKey,
  help: textKey.optional(),
  group: textKey.optional(),
  /** `brand` fields can be set for each brand and fall back to the global value. */
  scope: z.enum(['global', 'brand']).default('global'),
  required: z.boolean().default(false),
  default: z.json().optional(),
  options: z.array(z.strictObject({ value: z.string(), label: textKey })).optional(),
  /** Shown only while another field has this value. */
  showIf: z.strictObject({ key: z.string(), equals: z.json() }).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  pattern: z.string().max(200).optional(),
  placeholder: z.string().max(200).optional(),
  advanced: z.boolean().default(false),
  /** For an endpoint URL: the secrets that are cleared when it changes. */
  clears: z.array(z.string()).optional(),
});

const permissionPattern =
  /^(?:(?:conversations|messages|contacts|companies|operators|brands|departments|tags|knowledge|files):(?:read|write)|http:[A-Za-z0-9.*:-]+|email:send|db:own|ai:use|realtime)$/;

/** `<noun>:read|write`, `http:<host>`, `email:send`, `db:own`, `ai:use` or `realtime`. */
export const permissionSchema = z.string().regex(permissionPattern, 'unknown permission');

/** A public address outside `/api/plugins/<id>` that the plugin answers while it is active. */
export const claimSchema = z.strictObject({
  path: z.string().regex(/^\/[a-z0-9][a-z0-9._/-]*$/),
  /** What is answered while the plugin is off: a problem document, a short polite page, or an empty script. */
  whenOff: z.enum(['problem', 'page', 'script']).default('problem'),
  /** Text key shown on the polite page. */
  offText: textKey.optional(),
});

/** A built browser bundle that the host serves below a claimed address while the plugin is active. */
export const surfaceSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** Folder inside the plugin that holds the built files. */
  dir: z.string().min(1),
  /** Address below which the files are served; it lies inside one of the plugin's claims. */
  path: z.string().startsWith('/'),
});

export const abilitySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/),
  label: textKey,
});

export const manifestSchema = z.strictObject({
  id: pluginIdSchema,
  version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/),
  api: z.literal(API_LEVEL),
  name: textKey,
  description: textKey,
  kind: z.enum(['plugin', 'language', 'theme']).default('plugin'),
  category: z.enum(['channel', 'assistant', 'integration', 'workflow', 'appearance', 'language', 'other']),
  author: z.string().max(200).optional(),
  license: z.string().max(60).optional(),
  homepage: z.url().optional(),
  /** Name of a FontAwesome free solid icon, or a path to an SVG inside the plugin. */
  icon: z.string().max(120).optional(),
  engines: z.strictObject({ plugboard: z.string().min(1) }),
  requires: z.record(pluginIdSchema, z.string()).default({}),
  permissions: z.array(permissionSchema).default([]),
  settings: z.array(settingFieldSchema).default([]),
  abilities: z.array(abilitySchema).default([]),
  tools: z.array(z.strictObject({ name: z.string(), effect: z.enum(['read', 'write']), label: textKey })).default([]),
  entry: z.strictObject({ server: z.string().optional(), admin: z.string().optional() }).default({}),
  claims: z.array(claimSchema).default([]),
  surfaces: z.array(surfaceSchema).default([]),
  isolation: z.enum(['none', 'process']).default('none'),
});

export type PluginManifest = z.input<typeof manifestSchema>;
export type ParsedManifest = z.output<typeof manifestSchema>;
export type SettingField = z.input<typeof settingFieldSchema>;
export type ParsedSettingField = z.output<typeof settingFieldSchema>;
export type SettingType = (typeof settingTypes)[number];

/** Gives a manifest its type. It is pure data: nothing in it runs, and it is known with the code off. */
export function defineManifest<const M extends PluginManifest>(manifest: M): M {
  return manifest;
}

type ValueOf<F extends SettingField> = F['type'] extends 'number' | 'duration' ? number
  : F['type'] extends 'boolean' ? boolean
  : F['type'] extends 'multiselect' | 'list' ? string[]
  : F['type'] extends 'key-value' ? Record<string, string>
  : string;

/** The settings object that a manifest describes. A field without a default may be undefined. */
export type SettingsOf<M extends PluginManifest> = M['settings'] extends readonly SettingField[]
  ? { [F in M['settings'][number] as F['key']]: F extends { default: unknown } ? ValueOf<F> : ValueOf<F> | undefined }
  : Record<string, never>;
