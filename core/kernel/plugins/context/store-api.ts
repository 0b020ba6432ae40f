import type { KeyValueStore, StoreScope } from '@plugboard/sdk';
import type { Database } from '../../db/database.ts';
import { invalid, tooLarge } from '../../errors.ts';
import type { PluginInstance } from '../plugin-instance.ts';

const maxBytes = 64 * 1024;
interface Row { plugin_id: string; scope: string; key: string; value: string }

function scopeOf(scope: StoreScope | undefined): string {
  if (!scope) return '';
  return 'conversationId' in scope ? `conversation:${scope.conversationId}` : `contact:${scope.contactId}`;
}

/** Small values of one plugin, in a table that all plugins share. */
export function createStoreApi(instance: PluginInstance, db: Database): KeyValueStore {
  const at = (key: string, scope: StoreScope | undefined) => {
    instance.live();
    if (key === '' || key.length > 200) throw invalid('key', 'length');
    return { plugin_id: instance.id, scope: scopeOf(scope), key };
  };
  return {
    async get<T>(key: string, scope?: StoreScope) {
      const row = await db.knex<Row>('plugin_store').where(at(key, scope)).first('value');
      return row && JSON.parse(row.value) as T;
    },
    async set(key, value, scope) {
      const place = at(key, scope);
      const text = JSON.stringify(value ?? null);
      if (Buffer.byteLength(text) > maxBytes) throw tooLarge('plugin_store', maxBytes);
      await db.knex('plugin_store').insert({ ...place, value: text, updated_at: Date.now() }).onConflict(['plugin_id', 'scope', 'key']).merge(['value', 'updated_at']);
    },
    async delete(key, scope) {
      await db.knex('plugin_store').where(at(key, scope)).delete();
    },
  };
}
