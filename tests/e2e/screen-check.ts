import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const sizes = [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, { width: 390, height: 844 }] as const;

/** What is wider than its place: the document, or the part of the screen that scrolls. */
const tooWide = (page: Page): Promise<string[]> => page.evaluate(async () => {
  await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
  const places = [document.documentElement, document.body, ...document.querySelectorAll<HTMLElement>('main')];
  return places.filter((place) => place.scrollWidth > place.clientWidth).map((place) => `${place.localName} is ${place.scrollWidth - place.clientWidth} px too wide`);
});

/** The legacy mode stays in this page: none of these screens has a frame of another origin. */
async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`));
}

/** Everything that is wrong with the screen that is open: barriers, on a phone too when asked, and what is too wide at any size. */
export async function problemsOf(page: Page, { onPhone }: { onPhone: boolean }): Promise<string[]> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    found.push(...(await tooWide(page)).map((problem) => `${size.width} px: ${problem}`));
    if (size.width === 1440 || (onPhone && size.width === 390)) found.push(...(await barriers(page)).map((problem) => `${size.width} px: ${problem}`));
  }
  return found;
}
