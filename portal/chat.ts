import type { PortalData } from './data.ts';
import type { Page } from './page.ts';
import type { Texts } from './texts.ts';

/** The loader's one global: a queue until the script is here. */
type Plugboard = ((...call: unknown[]) => void) & { q?: unknown[][] };
declare global {
  interface Window {
    Plugboard?: Plugboard;
  }
}

const loaderId = 'chat-loader';

/** Loads the brand's widget once and lets the start button open it; says so where there is no chat. */
export function mountChat({ data, texts, start, notice }: { data: PortalData; texts: Texts } & Page): void {
  const tell = (text: string) => {
    start.hidden = true;
    notice.textContent = text;
  };
  if (!data.widget) return tell(texts.closed);
  start.addEventListener('click', () => window.Plugboard?.('open'));
  const present = document.getElementById(loaderId);
  if (present) return;
  const script = document.createElement('script');
  Object.assign(script, { id: loaderId, src: '/widget.js', async: true });
  Object.assign(script.dataset, { tenant: data.brand.slug, widget: data.widget });
  script.addEventListener('error', () => tell(texts.failed));
  document.head.append(script);
}
