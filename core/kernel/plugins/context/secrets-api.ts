import type { SecretsApi } from '@plugboard/sdk';
import type { Secrets } from '../../secrets/secrets.ts';
import type { PluginInstance } from '../plugin-instance.ts';

/** Secrets that a plugin keeps in its own tables: sealed with the desk's key, bound to the plugin and to their place. */
export function createSecretsApi(instance: PluginInstance, secrets: Secrets): SecretsApi {
  const at = (place: string): string => {
    instance.live();
    if (typeof place !== 'string' || place === '') throw new TypeError('a secret is sealed at a place: the name of the row and column it is kept in');
    return `plugin:${instance.id}:${place}`;
  };
  return {
    seal: async (text, place) => secrets.encrypt(text, at(place)),
    open: async (sealed, place) => secrets.decrypt(sealed, at(place)),
  };
}
