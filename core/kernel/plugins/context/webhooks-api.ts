import type { PluginContext } from '@plugboard/sdk';
import type { PluginInstance } from '../plugin-instance.ts';
import type { Webhooks } from '../webhooks.ts';

/** Receivers at `/hooks/<plugin>/<id>/<token>`. */
export function createWebhooksApi(instance: PluginInstance, webhooks: Webhooks): PluginContext['webhooks'] {
  return {
    async receive(receiver) {
      instance.live();
      if (!/^[a-z][a-z0-9-]{0,59}$/.test(receiver.id)) throw new Error(`webhook id "${receiver.id}" is not lower-case letters, digits and hyphens`);
      if (instance.webhooks.has(receiver.id)) throw new Error(`webhook ${receiver.id} is already there`);
      instance.webhooks.set(receiver.id, receiver);
      instance.onIntakeStop(webhooks.bind(instance, receiver));
      instance.added.routes.push(`POST /hooks/${instance.id}/${receiver.id}/…`);
    },
    async url(id) {
      return webhooks.url(instance.id, id);
    },
  };
}
