import type { ParsedManifest, ParsedSettingField } from '@plugboard/sdk';
import type { PluginSettingsDto, SecretState } from '../../shared/plugins.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log/log.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Settings } from '../settings/settings.ts';
import { environmentValue } from './settings-environment.ts';
import { checkValues, isEmpty, missingValues, type FieldIssue } from './settings-schema.ts';

/** A secret as it is stored. */
interface Sealed { sealed: string; last4: string | null; updatedAt: string }
type Values = Record<string, unknown>;

const lastCharacters = 4;
/** Too short to show a part of it. */
const shortSecret = 12;

export const settingsScope = (pluginId: string): string => `plugin:${pluginId}`;
const isSecret = (field: ParsedSettingField): boolean => field.type === 'secret' || field.type === 'oauth';
const refuse = (errors: FieldIssue[]) => new AppError(400, 'invalid', { errors });

/** Settings of plugins: environment over brand over desk over the manifest's default. Brands are row ids, 0 is the desk. */
export class PluginSettings {
  readonly #settings: Settings;
  readonly #secrets: Secrets;
  readonly #environment: Readonly<Record<string, string | undefined>>;

  readonly #log: Log;

  constructor(deps: { settings: Settings; secrets: Secrets; environment: Readonly<Record<string, string | undefined>>; log: Log }) {
    this.#log = deps.log;
    this.#settings = deps.settings;
    this.#secrets = deps.secrets;
    this.#environment = deps.environment;
  }

  /** Every value in clear, for the plugin itself. */
  async values(manifest: ParsedManifest, brandId = 0): Promise<Values> {
    const [own, desk] = await this.#stored(manifest.id, brandId);
    const values: Values = {};
    for (const field of manifest.settings) {
      const locked = environmentValue(this.#environment, manifest.id, field);
      if (locked !== undefined) values[field.key] = locked;
      else if (brandId !== 0 && field.scope === 'brand' && field.key in own) values[field.key] = this.#open(manifest.id, field, own[field.key], brandId);
      else if (field.key in desk) values[field.key] = this.#open(manifest.id, field, desk[field.key], 0);
      else values[field.key] = field.default;
    }
    return values;
  }

  /** What the form shows: secrets as their state only. */
  async present(manifest: ParsedManifest, brandId: number, brandUid: string | null, fields: unknown[]): Promise<PluginSettingsDto> {
    const [own, desk] = await this.#stored(manifest.id, brandId);
    const values: Values = {};
    const locked: string[] = [];
    for (const field of manifest.settings) {
      const fixed = environmentValue(this.#environment, manifest.id, field);
      if (fixed !== undefined) locked.push(field.key);
      const stored = brandId !== 0 && field.scope === 'brand' && field.key in own ? own[field.key] : desk[field.key];
      if (isSecret(field)) values[field.key] = secretState(fixed, stored as Sealed | undefined);
      else values[field.key] = fixed ?? stored ?? field.default ?? null;
    }
    return { fields, values, locked, brandId: brandUid };
  }

  /** Stores what changed. Null takes a value away; a secret's state sent back unchanged is passed over. */
  async write(manifest: ParsedManifest, given: Values, brandId = 0): Promise<void> {
    const values = this.#accepted(manifest, given, brandId);
    const before = await this.values(manifest, brandId);
    const cleared = clearedSecrets(manifest.settings, before, values);
    for (const key of cleared) values[key] = null;
    const missing = missingValues(manifest.settings.filter((field) => !cleared.includes(field.key)), merge(manifest, before, values));
    if (missing.length > 0) throw refuse(missing);
    const fields = new Map(manifest.settings.map((field) => [field.key, field]));
    const set: Values = {};
    const remove: string[] = [];
    for (const [key, value] of Object.entries(values)) {
      const field = fields.get(key);
      if (value === null || (field && isSecret(field) && value === '')) remove.push(key);
      else set[key] = field && isSecret(field) ? this.#seal(manifest.id, key, String(value), brandId) : value;
    }
    if (remove.length > 0) await this.#settings.remove(settingsScope(manifest.id), remove, brandId);
    await this.#settings.set(settingsScope(manifest.id), set, brandId);
  }

  /** Stored values with unsaved ones over them, for Test connection. A secret of an endpoint that changed is not sent there. */
  async unsaved(manifest: ParsedManifest, given: Values, brandId = 0): Promise<Values> {
    const values = this.#accepted(manifest, given, brandId);
    const before = await this.values(manifest, brandId);
    for (const key of clearedSecrets(manifest.settings, before, values)) values[key] = null;
    return merge(manifest, before, values);
  }

  async forget(pluginId: string): Promise<void> {
    await this.#settings.remove(settingsScope(pluginId));
  }

  /** Drops what is not a change and refuses what is not allowed. */
  #accepted(manifest: ParsedManifest, given: Values, brandId: number): Values {
    const values: Values = {};
    const issues: FieldIssue[] = [];
    for (const [key, value] of Object.entries(given)) {
      const field = manifest.settings.find((candidate) => candidate.key === key);
      if (field && isSecret(field) && typeof value === 'object' && value !== null) continue;
      if (field && environmentValue(this.#environment, manifest.id, field) !== undefined) continue;
      if (field && brandId !== 0 && field.scope !== 'brand') issues.push({ path: key, code: 'not_for_brands', message: 'has one value for the whole desk' });
      values[key] = value;
    }
    issues.push(...checkValues(manifest.settings, values));
    if (issues.length > 0) throw refuse(issues);
    return values;
  }

  async #stored(pluginId: string, brandId: number): Promise<[own: Values, desk: Values]> {
    const scope = settingsScope(pluginId);
    const desk = await this.#settings.all(scope);
    return [brandId === 0 ? desk : await this.#settings.all(scope, brandId), desk];
  }

  #seal(pluginId: string, key: string, value: string, brandId: number): Sealed {
    return {
      sealed: this.#secrets.encrypt(value, place(pluginId, key, brandId)),
      last4: value.length >= shortSecret ? value.slice(-lastCharacters) : null,
      updatedAt: new Date().toISOString(),
    };
  }

  #open(pluginId: string, field: ParsedSettingField, stored: unknown, brandId: number): unknown {
    if (!isSecret(field)) return stored;
    try {
      return this.#secrets.decrypt((stored as Sealed).sealed, place(pluginId, field.key, brandId));
    } catch (error) {
      // The desk's key is another one now: the field counts as empty, so that it can be filled in again.
      this.#log.warn({ err: error, plugin: pluginId, setting: field.key }, 'a secret cannot be read');
      return undefined;
    }
  }
}

const place = (pluginId: string, key: string, brandId: number): string => `plugin:${pluginId}:${key}:${brandId === 0 ? 'global' : brandId}`;

function secretState(fixed: unknown, stored: Sealed | undefined): SecretState {
  if (fixed !== undefined) return { set: true, updatedAt: null, last4: null };
  return stored ? { set: true, updatedAt: stored.updatedAt, last4: stored.last4 } : { set: false, updatedAt: null, last4: null };
}

/** Secrets whose endpoint is about to change, and that are not given anew: the old one must not reach the new address. */
function clearedSecrets(fields: readonly ParsedSettingField[], before: Values, values: Values): string[] {
  return fields.filter((field) => field.clears && field.key in values && !isEmpty(before[field.key]) && values[field.key] !== before[field.key])
    .flatMap((field) => field.clears ?? []).filter((key) => isEmpty(values[key]));
}

function merge(manifest: ParsedManifest, before: Values, values: Values): Values {
  const merged = { ...before, ...values };
  for (const field of manifest.settings) if (merged[field.key] === null) merged[field.key] = field.default;
  return merged;
}
