import type { BrowserContext } from 'playwright-core';

/** Runs in each document before its own scripts: everything that people read or hear is told, also what stands there for a moment only. */
function watchTexts(): void {
  if (!/^\/widget\/[a-z0-9-]+$/.test(location.pathname)) return;
  const names = ['aria-label', 'aria-placeholder', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt', 'data-placeholder'];
  const tell = (text: string | null): void => {
    if (text?.trim()) (window as unknown as { tellText(text: string): void }).tellText(text.trim());
  };
  const read = (node: Node): void => {
    if (node instanceof Text && !node.parentElement?.closest('script, style, .mark, .row-icon')) tell(node.data);
    if (!(node instanceof Element)) return;
    for (const name of names) tell(node.getAttribute(name));
    node.childNodes.forEach(read);
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'childList') addedNodes.forEach(read);
      else if (type === 'characterData') read(target);
      else for (const name of names) tell((target as Element).getAttribute(name));
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: names });
}

/** Every text that a widget of this browser shows, from now on. */
export async function everyText(context: BrowserContext): Promise<Set<string>> {
  const texts = new Set<string>();
  await context.exposeFunction('tellText', (text: string) => { texts.add(text); });
  await context.addInitScript(watchTexts);
  return texts;
}
