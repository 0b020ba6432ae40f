import { z } from '@plugboard/sdk';
import type { PluginContext, PluginResponse } from '@plugboard/sdk';
import { unsubscribeStyle } from './bundle.ts';
import { directionOf } from './locale.ts';
import { unsubscribePage } from './unsubscribe.page.ts';
import type { PageButton } from './unsubscribe.page.ts';
import type { Scope, Subscription, Unsubscribes } from './unsubscribes.ts';
import { bySlug, claim, notFound } from './visitor.routes.ts';

const params = bySlug.extend({ token: z.string().max(200) });
/** Without a scope it is the button of a mailbox (RFC 8058), which says nothing but "stop". */
const query = z.object({ scope: z.enum(['conversation', 'all']).optional(), again: z.literal('1').optional() });

/** The page behind the link at the end of a mail. Opening it changes nothing: scanners open every link. */
export async function addUnsubscribeRoutes(ctx: PluginContext, unsubscribes: Unsubscribes): Promise<void> {
  const load = async (token: string): Promise<Subscription> => {
    const subscription = await unsubscribes.read(token);
    if (!subscription) throw notFound();
    return subscription;
  };

  const page = async (subscription: Subscription, locale: string): Promise<PluginResponse> => {
    const brand = await ctx.brands.get(subscription.brandId);
    if (!brand) throw notFound();
    const state = await unsubscribes.state(subscription);
    const text = (key: string) => ctx.t(`unsubscribe.${key}`, { brand: brand.name }, locale);
    const html = unsubscribePage({
      locale, dir: directionOf(locale), style: await unsubscribeStyle(), brand: brand.name,
      title: text(`${state ?? 'on'}Title`), text: text(`${state ?? 'on'}Text`),
      buttons: buttonsFor(state).map(({ label, ...button }) => ({ ...button, label: text(label) })),
    });
    return { html, headers: { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' } };
  };

  await ctx.routes.add({
    method: 'get', claim, path: '/:slug/unsubscribe/:token', summary: 'Ask whether mail of the chat is to stop', access: 'public', perMinute: 120, params,
    handle: async ({ params: { token }, locale }) => page(await load(token), locale),
  });

  await ctx.routes.add({
    method: 'post', claim, path: '/:slug/unsubscribe/:token', summary: 'Stop mail of the chat, or have it again', access: 'public', perMinute: 120, params, query,
    async handle({ params: { token }, query: { scope, again }, locale }) {
      const subscription = await load(token);
      if (again) await unsubscribes.resume(subscription);
      else await unsubscribes.stop(subscription, scope ?? 'all');
      return page(subscription, locale);
    },
  });
}

function buttonsFor(state: Scope | null): PageButton[] {
  if (state === null) return [{ label: 'stopConversation', query: 'scope=conversation' }, { label: 'stopAll', query: 'scope=all', isQuiet: true }];
  const again = { label: 'again', query: 'again=1', isQuiet: true };
  return state === 'conversation' ? [again, { label: 'stopAll', query: 'scope=all', isQuiet: true }] : [again];
}
