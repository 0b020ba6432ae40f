import type { Kernel } from '../../kernel/context.ts';
import { guardsLetSee } from '../conversations/index.ts';
import { accessOf, type LoadedConversation } from '../conversations/index.ts';
import { loadOperatorActor } from '../operators/index.ts';
import type { Listener } from './choose-recipients.ts';
import { selectListeners } from './notification.queries.ts';

/** How long a change of somebody's preferences or role may go unseen here. */
const lifeMs = 2_000;
const kept = new WeakMap<Kernel, { until: number; listeners: Promise<Listener[]> }>();

async function load(kernel: Kernel): Promise<Listener[]> {
  const rows = await selectListeners(kernel.db.knex);
  const loaded = await Promise.all(rows.map(async (row): Promise<Listener | null> => {
    const actor = await loadOperatorActor(kernel, row.uid);
    return actor && { actor, preferences: row.preferences, timeZone: row.time_zone, locale: row.locale };
  }));
  return loaded.filter((listener) => listener !== null);
}

/** Everybody who can be told of something, read at most once in two seconds. */
function allListeners(kernel: Kernel): Promise<Listener[]> {
  const known = kept.get(kernel);
  if (known && known.until > performance.now()) return known.listeners;
  const entry = { until: performance.now() + lifeMs, listeners: load(kernel) };
  kept.set(kernel, entry);
  entry.listeners.catch(() => kept.delete(kernel));
  return entry.listeners;
}

/** Forgets what was read, after a change in this process. */
export const forgetListeners = (kernel: Kernel): void => void kept.delete(kernel);

/** Those who may see the conversation, as policy and plugins say now. */
export async function listenersOf(kernel: Kernel, conversation: LoadedConversation): Promise<Listener[]> {
  const access = accessOf(conversation);
  const allowed = (await allListeners(kernel)).filter(({ actor }) => kernel.policies.can(actor, 'conversation.view', access));
  const seen = await Promise.all(allowed.map(({ actor }) => guardsLetSee(kernel, actor, conversation)));
  return allowed.filter((_listener, index) => seen[index]);
}
