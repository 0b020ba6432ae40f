import type { CallActor, PluginContext } from '@plugboard/sdk';

/** Public ids of the brands whose conversations somebody may see. What people wrote is shown to those alone. */
export async function reachOf({ brands }: Pick<PluginContext, 'brands'>, actor: CallActor): Promise<ReadonlySet<string>> {
  return new Set((await brands.list({ for: actor })).map(({ id }) => id));
}
