import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const sizes = [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, { width: 390, height: 844 }] as const;

/** What is wider than its place: the document, or the part of the screen that scrolls. */
const tooWide = (page: Page): Promise<string[]> => page.evaluate(async () => {
  await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
  const places = [document.documentElement, document.body, ...document.querySelectorAll<HTMLElement>('main')];
  return places.filter((place) => place.scrollWidth > place.clientWidth).map((place) => `${place.localName} is ${place.scrollWidth - place.clientWidth} px too wide`);
});

/** Rules whose outcome depends on colours, on mode and on how long words are; the others see the same in every look. */
const looksRules = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable'];

/** The legacy mode stays in this page: none of these screens has a frame of another origin. */
async function barriers(page: Page, rules: 'all' | 'looks'): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules === 'all' ? axe : axe.withRules(looksRules)).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`));
}

/**
 * Everything that is wrong with the screen that is open: what is too wide at any size, and barriers: `all` of them on a desk and
 * on a phone, or those that this `looks` may differ in.
 */
export async function problemsOf(page: Page, rules: 'all' | 'looks'): Promise<string[]> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    found.push(...(await tooWide(page)).map((problem) => `${size.width} px: ${problem}`));
    if (size.width === 1440 || (rules === 'all' && size.width === 390)) found.push(...(await barriers(page, rules)).map((problem) => `${size.width} px: ${problem}`));
  }
  return found;
}
