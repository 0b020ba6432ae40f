import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import type { Rollup } from 'vite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser, watchConsole } from '../../../tests/support/browser.ts';
import type { DeskProcess } from '../../../tests/support/desk-process.ts';
import { packageBuild } from '../../builds.ts';
import { chatDesk, launcherOf } from '../../tests/visitor.ts';

let desk: DeskProcess;
let browser: Browser;
let dist: string;
const closers: (() => Promise<void>)[] = [];
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'pb-package-'));
  await build({ ...packageBuild(dist), logLevel: 'silent' });
  [desk, browser] = await Promise.all([chatDesk(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await desk.dispose();
  await rm(dist, { recursive: true, force: true });
});
afterEach(async () => { for (const close of closers.splice(0)) await close(); });

/** An application as a customer's bundler makes it of the package's built files, on another origin than the desk's. */
async function open(name: string, options: object = {}): Promise<{ page: Page; said: string[] }> {
  const made = await build({
    configFile: false, logLevel: 'silent', define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    resolve: { alias: [{ find: /^@plugboard\/widget\/(\w+)$/, replacement: `${dist}/$1.js` }, { find: /^@plugboard\/widget$/, replacement: `${dist}/index.js` }, ...['vue', 'react', 'react-dom'].map((find) => ({ find, replacement: here(`../../../node_modules/${find}`) }))] },
    build: { write: false, rollupOptions: { input: here(`${name}-app.mjs`) } },
  }) as Rollup.RollupOutput;
  const [{ code }] = made.output;
  const nonce = 'n0nce';
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>An application</title><link rel="icon" href="data:,"><div id="app"></div>
    <script nonce="${nonce}">window.options = ${JSON.stringify({ baseURL: desk.url, widget: 'website', nonce, ...options })}</script><script nonce="${nonce}" type="module" src="/app.js"></script></html>`;
  const server = createServer((request, response) => {
    const isScript = request.url === '/app.js';
    response.writeHead(200, {
      'Content-Type': isScript ? 'text/javascript' : 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; img-src data:; script-src 'nonce-${nonce}'; connect-src ${desk.url}; frame-src ${desk.url}; require-trusted-types-for 'script'; trusted-types plugboard vue`,
    });
    response.end(isScript ? code : page);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tab = await browser.newPage({ locale: 'en-US' });
  closers.push(async () => {
    await tab.close();
    server.close();
    server.closeAllConnections();
  });
  const said = watchConsole(tab);
  await tab.goto(`http://localhost:${(server.address() as { port: number }).port}/`);
  return { page: tab, said };
}

test('the function loads the script once, by nonce, and what is called before waits', async () => {
  const { page, said } = await open('plain');
  expect(await page.evaluate('Promise.all([arrived, again])')).toEqual([true, true]);
  await expect.poll(() => page.evaluate('seen')).toEqual(['open', 'ready']);
  expect(await page.locator('script[src$="/widget.js"]').count()).toBe(1);
  expect(await page.evaluate('[plugboard.getUnreadCount(), typeof plugboard.on("unread", () => 0)]')).toEqual([0, 'function']);
  expect(said).toEqual([]);
});

test('a desk that cannot be reached is told to the application, which may try again', async () => {
  const { page } = await open('plain', { baseURL: 'http://127.0.0.1:9' });
  expect(await page.evaluate('arrived.catch((error) => error.message)')).toContain('did not arrive');
  expect(await page.evaluate('plugboard.identify("u")')).toBeUndefined();
});

test.each(['vue', 'react'])('the adapter for %s begins the chat, follows its options and takes it away', async (name) => {
  const { page, said } = await open(name, { userId: 'u_1' });
  const state = () => page.textContent('output');
  await expect.poll(state).toBe('ready closed 0');
  expect(await launcherOf(page).count()).toBe(1);
  await page.click('#help');
  await expect.poll(state).toBe('ready open 0');
  await expect.poll(() => page.evaluate('Plugboard.debug()')).toMatchObject({ widget: 'website', userId: 'present', userToken: 'absent' });
  await page.evaluate('change({ userId: "u_2", theme: "dark" })');
  // Somebody else: the messenger of the one before is closed and forgotten.
  await expect.poll(state).toBe('ready closed 0');
  await expect.poll(() => page.evaluate('Plugboard.debug()')).toMatchObject({ userId: 'present' });
  await page.evaluate('leave()');
  await expect.poll(() => launcherOf(page).count()).toBe(0);
  await expect.poll(() => page.frames().length).toBe(1);
  expect(said).toEqual([]);
});

test('the types stand beside the modules', async () => {
  for (const name of ['index', 'vue', 'react', 'types']) expect(await readFile(join(dist, `${name}.d.ts`), 'utf8')).toMatch(/export/);
  expect(await readFile(join(dist, 'vue.d.ts'), 'utf8')).not.toMatch(/from '\.[^']*\.ts'/);
});
