import type { ClusterContext } from '@plugboard/sdk';
import { assistantBody } from './assistant.schema.ts';
import { AssistantStore } from './assistant.store.ts';

/** What it is called before anybody named it, in the languages of the desk. */
const names: Readonly<Record<string, string>> = { en: 'Assistant', de: 'Assistent', ar: 'المساعد' };
/** One row for ever: of several activations at once the key lets one make it. */
const id = 'a'.repeat(26);
const made = 'first-assistant';

/** At the first activation there is one assistant, for all brands, that answers without a model. One that was deleted stays away. */
export async function createDefaultAssistant({ db, brands, store, log }: Pick<ClusterContext<unknown>, 'db' | 'brands' | 'store' | 'log'>): Promise<void> {
  if (await store.get(made)) return;
  const assistants = new AssistantStore(db);
  const [brand] = await brands.list();
  const name = names[brand?.locale.split('-')[0] ?? ''] ?? names.en;
  if ((await assistants.list()).length === 0) {
    await assistants.create(assistantBody.parse({ name, mode: 'answer', isDefault: true }), id);
    log.info('made the first assistant');
  }
  await store.set(made, true);
}
