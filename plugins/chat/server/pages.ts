import type { AppFiles } from './bundle.ts';
import type { AppConfig, LauncherConfig } from './public-config.ts';

const assets = '/widget/assets';
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

/** JSON that can't end the block it stands in. */
export const inlineJson = (value: unknown): string => JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const stylesheet = (file: string, attributes = ''): string => `<link rel="stylesheet" href="${assets}/${escapeHtml(file)}"${attributes}>`;

/** The iframe's page: the app's files and its configuration, which is data and never a script. */
export function appPage(config: AppConfig, files: AppFiles): string {
  const mode = config.widget.mode === 'system' ? '' : ` data-mode="${config.widget.mode}"`;
  return `<!doctype html>
<html lang="${escapeHtml(config.locale)}" dir="${config.dir}" data-theme="${config.widget.theme}"${mode}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${escapeHtml((config.texts['launcher.title'] ?? '').replace('{{brand}}', config.widget.brandName))}</title>
${[...files.styles.map((file) => stylesheet(file)), ...(files.theme ? [stylesheet(files.theme, ` data-theme="${config.widget.theme}"`)] : [])].join('\n')}
${files.preload.map((file) => `<link rel="modulepreload" href="${assets}/${file}">`).join('\n')}
<script type="module" src="${assets}/${files.script}"></script>
<div id="app"></div>
<script type="application/json" id="config">${inlineJson(config)}</script>
</html>
`;
}

interface PreviewTexts { title: string; note: string; heading: string; text: string; items: readonly [string, string][]; order: string }

/** A page that could be anybody's shop, with the widget on it. */
export function previewPage(options: { slug: string; brandSlug: string; locale: string; dir: string; style: string; texts: PreviewTexts }): string {
  const { texts } = options;
  const items = texts.items.map(([name, price], index) =>
    `<article class="item"><div class="picture p${index + 1}"></div><h2>${escapeHtml(name)}</h2><p>${escapeHtml(price)}</p><button type="button">${escapeHtml(texts.order)}</button></article>`).join('\n');
  return `<!doctype html>
<html lang="${escapeHtml(options.locale)}" dir="${options.dir}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(texts.title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets}/${options.style}">
<script src="/widget.js" data-tenant="${escapeHtml(options.brandSlug)}" data-widget="${escapeHtml(options.slug)}" data-locale="${escapeHtml(options.locale)}" async></script>
<header class="top"><b>Fjord &amp; Field</b><span>${escapeHtml(texts.note)}</span></header>
<main>
<section class="hero"><h1>${escapeHtml(texts.heading)}</h1><p>${escapeHtml(texts.text)}</p></section>
<section class="items">${items}</section>
</main>
</html>
`;
}

/** What the admin's live preview shows: a page that is nobody's, with the real launcher and frame on it. */
export function livePage(config: LauncherConfig, files: AppFiles): string {
  return `<!doctype html>
<html lang="${escapeHtml(config.locale)}" dir="${config.dir}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${escapeHtml(config.texts.title)}</title>
${files.styles.map((file) => stylesheet(file)).join('\n')}
<script type="module" src="${assets}/${files.script}"></script>
<div class="page" aria-hidden="true"><div class="bar"></div><div class="hero"></div><div class="line"></div><div class="line"></div><div class="line short"></div>
<div class="cards"><div></div><div></div><div></div></div><div class="line"></div><div class="line"></div><div class="line short"></div></div>
<script type="application/json" id="config">${inlineJson(config)}</script>
</html>
`;
}
