import { AxeBuilder } from '@axe-core/playwright';
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';

/** What can be done on a screen and can't be brought into view, or is covered by something else. */
const unreachable = (frame: Frame) => frame.evaluate(() => {
  // What is open above the screen is all that can be reached until it is closed.
  const place = document.querySelector('.menu, .emojis') ?? document;
  const stops = [...place.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), input:not([type=file]), [contenteditable=true], [role=separator]')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }));
  const missed = stops.filter((element) => {
    element.scrollIntoView({ block: 'nearest' });
    return ![...element.getClientRects()].some(({ left, top, width, height }) => {
      const found = document.elementFromPoint(left + width / 2, top + height / 2);
      return found && (element.contains(found) || found.closest('label')?.contains(element));
    });
  }).map((element) => element.outerHTML.slice(0, 160));
  // A script can scroll what a person can't.
  const moved = [...document.querySelectorAll('*')].filter((element) => element.scrollTop !== 0 && /hidden|clip/.test(getComputedStyle(element).overflowY));
  return [...missed, ...moved.map((element) => `beyond ${element.localName}.${element.className}`)];
});

/** No fault that axe finds, nothing sideways, and everything can be reached. */
export async function expectFit(page: Page, frame: Frame): Promise<void> {
  // A widget that is the whole page has no frame of another origin: no second page is needed to collect what was found.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(frame === page.mainFrame()).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  expect(await frame.evaluate(() => [...document.querySelectorAll('*')].filter((element) => element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX) && element.localName !== 'pre')
    .map((element) => element.className))).toEqual([]);
  expect(await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  expect(await unreachable(frame)).toEqual([]);
}
