import { expect, test } from 'vitest';
import { appPage, inlineJson, previewPage } from './pages.ts';
import type { AppConfig } from './public-config.ts';

const nasty = '</script><img src=x onerror=alert(1)>"\'&\u2028';
const config: AppConfig = {
  widget: {
    slug: 'website', brandId: 'b', brandName: nasty, botName: nasty, welcomeMessage: nasty, color: '#06548c', mode: 'system', type: 'popup',
    buttons: [{ id: 'ask', icon: 'comment', name: nasty, description: nasty, openingMessage: nasty }], externalLinks: [],
  },
  locale: 'en', dir: 'ltr', texts: { 'launcher.title': 'Chat with {{brand}}' },
};

test('inlined data can be read back and ends no block', () => {
  expect(inlineJson(nasty)).not.toMatch(/[<>&\u2028]/);
  expect(JSON.parse(inlineJson({ nasty }))).toEqual({ nasty });
});

test('what an admin typed is never markup in the widget\'s page', () => {
  const html = appPage(config, { script: 'app-1.js', preload: [], styles: ['app-1.css'] });
  expect(html).not.toContain('<img');
  expect(html.match(/<script/g)).toHaveLength(2);
  const data = /<script type="application\/json" id="config">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  expect(JSON.parse(data)).toEqual(config);
});

test('nor in the preview page', () => {
  const texts = { title: nasty, note: nasty, heading: nasty, text: nasty, order: nasty, items: [[nasty, nasty]] as [string, string][] };
  const html = previewPage({ slug: 'website', brandSlug: 'acme', locale: 'en', dir: 'ltr', style: 'preview-1.css', texts });
  expect(html).not.toContain('<img');
  expect(html.match(/<script/g)).toHaveLength(1);
});
