/** The loader's one global. Until the script is here, calls wait in its queue. */
interface Plugboard {
  (...call: unknown[]): void;
  q?: unknown[][];
}
declare global {
  interface Window {
    Plugboard?: Plugboard;
  }
}

/** Text key of what keeps the chat away: it is switched off, or its script did not arrive. */
export type ChatProblem = 'closed' | 'failed';

export interface Chat {
  open(): void;
  readonly problem: Promise<ChatProblem | null>;
}

async function load(brand: string): Promise<ChatProblem | null> {
  const config = await fetch(`/api/sdk/config?tenant=${encodeURIComponent(brand)}`).catch(() => null);
  if (!config) return 'failed';
  if (!config.ok) return 'closed';
  const script = document.createElement('script');
  Object.assign(script, { src: '/widget.js', async: true });
  script.dataset.tenant = brand;
  document.head.append(script);
  return new Promise((resolve) => {
    script.addEventListener('load', () => resolve(null));
    script.addEventListener('error', () => resolve('failed'));
  });
}

/** Brings the brand's widget into the page, once. */
export function createChat(brand: string): Chat {
  return { open: () => window.Plugboard?.('open'), problem: load(brand) };
}
