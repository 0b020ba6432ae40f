import { randomBytes } from 'node:crypto';
import { PluginError } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import type { Widget } from './widget.schema.ts';
import type { WidgetStore } from './widget.store.ts';

type Sealing = Pick<PluginContext, 'secrets'>;

const hour = 60 * 60 * 1000;
const placeOf = (widgetId: string) => `widget:${widgetId}:identity`;

/** What signed tokens of this widget's site are checked against: the present secret, and the one before it in its grace time. */
export async function secretsOf(ctx: Sealing, { id, secret }: Pick<Widget, 'id' | 'secret'>, now = Date.now()): Promise<string[]> {
  const sealed = [secret.sealed, secret.previousUntil !== null && secret.previousUntil > now ? secret.previous : null];
  return Promise.all(sealed.filter((text) => text !== null).map((text) => ctx.secrets.open(text, placeOf(id))));
}

const stale = () => new PluginError('stale', 409);

/** A new secret (256 random bits), told this once. The one before it holds for `graceHours` more. */
export async function makeSecret(ctx: Sealing, store: WidgetStore, { id, secret }: Widget, graceHours: number): Promise<string> {
  const made = `pb_secret_${randomBytes(32).toString('base64url')}`;
  const now = Date.now();
  const isKept = graceHours > 0 && secret.sealed !== null;
  const next = {
    sealed: await ctx.secrets.seal(made, placeOf(id)), createdAt: now,
    previous: isKept ? secret.sealed : null, previousUntil: isKept ? now + graceHours * hour : null,
  };
  if (!await store.saveSecret(id, secret.sealed, next)) throw stale();
  return made;
}

/** No token of the site is believed any more. */
export async function dropSecret(store: WidgetStore, { id, secret }: Widget): Promise<void> {
  if (!await store.saveSecret(id, secret.sealed, { sealed: null, createdAt: null, previous: null, previousUntil: null })) throw stale();
}
