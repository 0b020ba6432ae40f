import { expect, test } from 'vitest';
import { appPage, inlineJson, livePage, previewPage } from './pages.ts';
import type { AppConfig } from './public-config.ts';

const nasty = '</script><img src=x onerror=alert(1)>"\'&\u2028';
const config: AppConfig = {
  widget: {
    slug: 'website', brandId: 'b', brandSlug: 'acme', brandName: nasty, botName: nasty, welcomeMessage: nasty,
    color: '#06548c', mode: 'system', theme: 'contrast', type: 'popup', position: 'right',
    buttons: [{ id: 'ask', icon: { w: 512, h: 512, d: nasty }, name: nasty, description: nasty, openingMessage: nasty }],
    selfServiceLinks: [{ icon: null, label: nasty, url: nasty }], externalLinks: [], requiresAuthentication: false, hasTranscript: true, articlesUrl: nasty, hasHelp: false,
  },
  locale: 'en', dir: 'ltr', texts: { 'launcher.title': 'Chat with {{brand}}' },
};

test('inlined data can be read back and ends no block', () => {
  expect(inlineJson(nasty)).not.toMatch(/[<>&\u2028]/);
  expect(JSON.parse(inlineJson({ nasty }))).toEqual({ nasty });
});

test('what an admin typed is never markup in the widget\'s page', () => {
  const html = appPage(config, { script: 'app-1.js', preload: [], styles: ['app-1.css'], theme: null });
  expect(html).not.toContain('<img');
  expect(html.match(/<script/g)).toHaveLength(2);
  const data = /<script type="application\/json" id="config">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  expect(JSON.parse(data)).toEqual(config);
});

test('the page names its theme, and brings the theme\'s own style last', () => {
  const html = appPage(config, { script: 'app-1.js', preload: [], styles: ['app-1.css'], theme: 'tokens-1.css' });
  expect(html).toContain('<html lang="en" dir="ltr" data-theme="contrast">');
  expect(html).toContain('tokens-1.css" data-theme="contrast">');
  expect(html.indexOf('tokens-1.css')).toBeGreaterThan(html.indexOf('app-1.css'));
});

test('nor in the page behind the live preview', () => {
  const launcher = { slug: 'website', type: 'popup', position: 'right', mode: 'system', color: '#06548c', icon: null, text: nasty, locale: 'en', dir: 'ltr', texts: { title: nasty, open: nasty, close: nasty, unread: nasty } } as const;
  const html = livePage(launcher, { script: 'live/live-1.js', preload: [], styles: ['live/live-1.css'], theme: null });
  expect(html).not.toContain('<img');
  expect(JSON.parse(/<script type="application\/json" id="config">(.*?)<\/script>/s.exec(html)?.[1] ?? '')).toEqual(launcher);
});

test('nor in the preview page', () => {
  const texts = { title: nasty, note: nasty, heading: nasty, text: nasty, order: nasty, items: [[nasty, nasty]] as [string, string][] };
  const html = previewPage({ slug: 'website', brandSlug: 'acme', locale: 'en', dir: 'ltr', style: 'preview-1.css', texts });
  expect(html).not.toContain('<img');
  expect(html.match(/<script/g)).toHaveLength(1);
});
