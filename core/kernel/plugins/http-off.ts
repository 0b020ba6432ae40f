import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { unavailable } from '../errors.ts';
import { pageHeaders } from '../http/headers.ts';
import type { HttpState } from '../http/state.ts';
import type { ClaimOwner } from './claims.ts';
import type { PluginHost } from './plugin-host.ts';
import { pluginText } from './plugin-texts.ts';

const retryAfter = '30';

/** A claimed address whose plugin is off: said in the way that whoever asks can understand. */
export function answerWhileOff(host: PluginHost, { pluginId, claim }: ClaimOwner, ctx: Context & { state: HttpState }): void {
  ctx.state.route = claim.path;
  if (claim.whenOff === 'problem') throw unavailable('plugin_inactive');
  ctx.set('Retry-After', retryAfter);
  ctx.set('Cache-Control', 'no-store');
  if (claim.whenOff === 'script') {
    // An empty script, not an error: it stands in a page of somebody else's.
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    ctx.set('Access-Control-Allow-Origin', '*');
    ctx.status = 200;
    ctx.type = 'text/javascript';
    ctx.body = '';
    return;
  }
  const { i18n } = host.deps.kernel;
  const { locale } = ctx.state;
  const texts = host.folders.get(pluginId)?.[0]?.texts ?? {};
  const text = claim.offText ? pluginText(texts, claim.offText, locale) : i18n.t('errors:plugin_inactive', locale);
  pageHeaders(ctx, { ancestors: ['*'], styles: [styleHash] });
  ctx.status = 503;
  ctx.type = 'text/html';
  ctx.body = page(text, locale, i18n.direction(locale));
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const style = `
  :root { color-scheme: light dark }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif }
  p { max-width: 40ch; padding: 24px; text-align: center }
`;
const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

const page = (text: string, locale: string, direction: string): string => `<!doctype html>
<html lang="${escape(locale)}" dir="${direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(text)}</title>
<style>${style}</style>
<p>${escape(text)}</p>
</html>
`;
