import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { foreignSite, launchBrowser } from '../support/browser.ts';
import { spawnDesk, type DeskProcess } from '../support/desk-process.ts';
import { snippet, VisitorPage } from './visitor-page.ts';

vi.setConfig({ testTimeout: 60_000 });

const nonce = 'c2hvcA';
const watchShifts = `<script nonce="${nonce}">
  window.shifts = [];
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifts.push(entry.value); }).observe({ type: 'layout-shift', buffered: true });
</script>`;
const hostile = `<script nonce="${nonce}">
  Object.prototype.open = function () { throw new Error('a method of every object was called'); };
  Object.prototype.theme = 'dark';
  Array.prototype.last = function () { return this[this.length - 1]; };
  window.define = function () { throw new Error('define was called'); };
  window.define.amd = {};
  window.exports = {};
  window.module = { exports: window.exports };
</script>`;

let desk: DeskProcess;
let browser: Browser;

beforeAll(async () => { [desk, browser] = await Promise.all([spawnDesk(), launchBrowser()]); });
afterAll(async () => {
  await browser?.close();
  await desk?.dispose();
});

const policyWith = (style: string) => [
  "default-src 'none'", `script-src 'nonce-${nonce}' ${desk.url}`, `style-src ${style}`, `connect-src ${desk.url}`, `frame-src ${desk.url}`,
  'img-src data:', "base-uri 'none'", "require-trusted-types-for 'script'",
].join('; ');

it.each([
  ['allows no style at all', "'none'", ''],
  ['allows styles with its nonce', `'nonce-${nonce}'`, ''],
  ['extends every object and has a module loader', `'nonce-${nonce}'`, hostile],
])('a page that %s: a conversation works, nothing complains, nothing moves', async (_, style, head) => {
  const paragraphs = Array.from({ length: 30 }, (__, index) => `<p>Paragraph ${index + 1} of a long page.</p>`).join('');
  const site = await foreignSite(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A bank</title><link rel="icon" href="data:,">${watchShifts}${head}</head>
<body><h1>A bank</h1>${paragraphs}${snippet(desk.url)}</body></html>`, { 'Content-Security-Policy': policyWith(style) });
  const context = await browser.newContext({ locale: 'en-US' });
  try {
    const visitor = await VisitorPage.arrive(context, site.url);
    await visitor.begin();
    await visitor.send('Strictly speaking');
    await visitor.close();
    await visitor.open();
    await visitor.message('Strictly speaking').waitFor();
    expect(visitor.said).toEqual([]);
    expect(await visitor.page.evaluate('window.shifts')).toEqual([]);
    expect(await visitor.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  } finally {
    await context.close();
    await site.close();
  }
});
