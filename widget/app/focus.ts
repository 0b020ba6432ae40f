const tabbable = 'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

const canBeSeen = (element: HTMLElement) => element.checkVisibility({ visibilityProperty: true });

/** Tab goes round inside the box, as in a dialog. */
export function keepFocusInside(event: KeyboardEvent, box: HTMLElement): void {
  const stops = [...box.querySelectorAll<HTMLElement>(tabbable)].filter((element) => element.tabIndex >= 0 && canBeSeen(element));
  const first = stops[0];
  const last = stops.at(-1);
  if (!first || !last) return;
  const isOutside = !stops.includes(document.activeElement as HTMLElement);
  if (event.shiftKey && (document.activeElement === first || isOutside)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}

/** Arrow keys, Home and End among the items of a menu or a grid of so many columns. */
export function moveFocus(event: KeyboardEvent, items: HTMLElement[], columns = 1): void {
  const isRtl = getComputedStyle(document.documentElement).direction === 'rtl';
  const sideways = columns > 1 ? (isRtl ? -1 : 1) : 0;
  const steps: Record<string, number> = { ArrowDown: columns, ArrowUp: -columns, ArrowRight: sideways, ArrowLeft: -sideways, Home: -items.length, End: items.length };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  const present = items.indexOf(document.activeElement as HTMLElement);
  items[Math.min(items.length - 1, Math.max(0, present + step))]?.focus();
}
