import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser, watchConsole } from '../../tests/support/browser.ts';
import type { DeskProcess } from '../../tests/support/desk-process.ts';
import { chatDesk, editor, Operator, states } from './visitor.ts';

let desk: DeskProcess;
let operator: Operator;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let said: string[];

beforeAll(async () => {
  [desk, browser] = await Promise.all([chatDesk(), launchBrowser()]);
  operator = await Operator.signIn(desk.url);
});
afterAll(async () => {
  await browser.close();
  await desk.dispose();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'en-US', viewport: { width: 400, height: 680 } });
  page = await context.newPage();
  said = watchConsole(page);
  await page.goto(`${desk.url}/widget/website`);
  await page.click('text=Send us a message');
  await page.click(editor);
});
afterEach(async () => {
  expect(said).toEqual([]);
  await context.close();
});

/** What the editor shows, as HTML of the few tags that it has. */
const shown = () => page.locator(editor).innerHTML();
const type = (text: string) => page.locator(editor).pressSequentially(text);
const pressed = () => page.locator('.is-tool').evaluateAll((tools) => tools.map((tool) => tool.getAttribute('aria-pressed')));

async function paste(data: Record<string, string>): Promise<void> {
  await page.locator(editor).evaluate((box, given) => {
    const clipboardData = new DataTransfer();
    for (const [kind, value] of Object.entries(given)) clipboardData.setData(kind, value);
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, data);
}

async function arrived(frame: Page | Frame = page): Promise<string> {
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await states(frame as Frame)).length).toBeGreaterThan(0);
  await expect.poll(async () => (await states(frame as Frame)).every((state) => state.startsWith('Sent'))).toBe(true);
  return page.locator('.message.is-mine .rich').last().innerHTML();
}

test('signs of Markdown become marks while typing, and what is meant literally stays', async () => {
  await type('**bold** and _this_ and `a*b` in /var/_tmp_/x, 2*3*4');
  expect(await shown()).toBe('<strong>bold</strong> and <em>this</em> and <code>a*b</code> in /var/_tmp_/x, 2*3*4');
  expect(await arrived()).toBe('<p><strong>bold</strong> and <em>this</em> and <code>a*b</code> in /var/_tmp_/x, 2*3*4</p>');
  expect(await shown()).toBe('');
});

test('buttons and keys put marks on, and say which are on', async () => {
  await page.keyboard.press('Control+b');
  expect(await pressed()).toEqual(['true', 'false', 'false']);
  await type('bold');
  await page.keyboard.press('Control+b');
  await type(' plain ');
  await page.click('[aria-label="Italic"]');
  await type('it');
  expect(await shown()).toBe('<strong>bold</strong> plain <em>it</em>');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+e');
  expect(await shown()).toBe('<code>bold plain it</code>');
  expect(await pressed()).toEqual(['false', 'false', 'true']);
  await page.click('[aria-label="Code"]');
  expect(await shown()).toBe('bold plain it');
});

test('one step back undoes a mark, then what was typed; forward again', async () => {
  await type('**x**');
  expect(await shown()).toBe('<strong>x</strong>');
  await page.keyboard.press('Control+z');
  expect(await shown()).toBe('**x**');
  await page.keyboard.press('Control+Shift+z');
  expect(await shown()).toBe('<strong>x</strong>');
  await page.keyboard.press('Control+z');
  expect(await arrived()).toBe('<p>**x**</p>');
});

test('lines, emoji and the caret', async () => {
  await type('one');
  await page.keyboard.press('Shift+Enter');
  await type('two 👩‍👩‍👧');
  await page.keyboard.press('Backspace');
  await type('👋!');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await type('x');
  expect(await page.locator(editor).textContent()).toBe('one\ntwo x👋!');
  await page.click('.emoji-place button');
  await page.waitForSelector('.emojis button:focus');
  await page.keyboard.press('Enter');
  expect(await page.locator(editor).textContent()).toBe('one\ntwo x😀👋!');
  expect(await arrived()).toBe('<p>one<br>two x😀👋!</p>');
});

test('what is pasted brings its words and marks, and nothing else', async () => {
  const asked: string[] = [];
  page.on('request', (request) => { if (!request.url().startsWith(desk.url)) asked.push(request.url()); });
  await paste({
    'text/plain': 'x',
    'text/html': `<meta charset="utf-8"><style>p { color: red }</style><b style="font-weight:normal" id="docs-internal-guid-1"><p style="line-height:1.38"><span style="font-weight:700">Bold</span><span style="font-style:italic"> slanted</span></p>
      <p/onclick="top.evil=1">plain<img src="https://canary.test/1" onerror="top.evil=1"><script>top.evil=1</script></p></b>
      <ul><li>one</li><li><code>two</code></li></ul><!--[if gte mso 9]><xml><o:x>word</o:x></xml><![endif]--><a href="javascript:top.evil=1">link</a><svg onload="top.evil=1"></svg><iframe src="https://canary.test/2"></iframe>`,
  });
  expect(await shown()).toBe('<strong>Bold</strong><em> slanted</em>\nplain\n• one\n• <code>two</code>\nlink');
  expect(asked).toEqual([]);
  expect(await page.evaluate('window.evil')).toBeUndefined();
  expect(await arrived()).toBe('<p><strong>Bold</strong> <em>slanted</em><br>plain<br>• one<br>• <code>two</code><br>link</p>');
});

test('pasted signs stay signs; pasted files become attachments', async () => {
  await paste({ 'text/plain': 'see **this** and `that`\r\n*x*' });
  expect(await shown()).toBe('see **this** and `that`\n*x*');
  await page.locator(editor).evaluate((box) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['42'], 'answer.txt', { type: 'text/plain' }));
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.waitForFunction(() => !document.querySelector('progress') && document.querySelector('.upload'));
  expect(await arrived()).toBe('<p>see **this** and `that`<br>*x*</p>');
  expect(await page.textContent('.tile-name')).toBe('answer.txt');
});

test('a text that is composed is not sent by the key that ends it', async () => {
  const devtools = await context.newCDPSession(page);
  await type('**');
  await devtools.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
  expect(await page.locator(editor).textContent()).toBe('**にほ');
  await devtools.send('Input.insertText', { text: '日本' });
  await type('** ok');
  expect(await shown()).toBe('<strong>日本</strong> ok');
});

test('a draft is there again after a reload', async () => {
  await page.click('[aria-label="Back"]');
  await page.click('text=Send us a message');
  await page.click(editor);
  await type('first');
  await arrived();
  await type('**kept** and /a/_b_/*c*');
  await expect.poll(() => page.evaluate(() => Object.entries(localStorage).find(([key]) => key.endsWith(':drafts'))?.[1])).toContain('kept');
  await page.reload();
  await page.click('section[aria-labelledby="conversations"] button');
  await page.waitForSelector(editor);
  expect(await shown()).toBe('<strong>kept</strong> and /a/_b_/*c*');
});

test('what is too long is said, and kept', async () => {
  await page.locator(editor).fill('a'.repeat(10_001));
  await page.waitForSelector('.composer-notice');
  expect(await page.locator('button.send').isDisabled()).toBe(true);
  await page.keyboard.press('Backspace');
  await expect.poll(() => page.locator('button.send').isDisabled()).toBe(false);
});

test('a browser whose input cannot be followed gets a plain box', async () => {
  const other = await context.newPage();
  await other.addInitScript(() => { delete (InputEvent.prototype as { getTargetRanges?: unknown }).getTargetRanges; });
  await other.goto(`${desk.url}/widget/website`);
  await other.click('text=Send us a message');
  await other.fill('textarea', 'plain **text**');
  await other.press('textarea', 'Enter');
  await expect.poll(async () => (await operator.conversations()).map(({ snippet }) => snippet)).toContain('plain **text**');
});
