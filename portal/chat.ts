type Plugboard = (...call: unknown[]) => unknown;
declare global {
  interface Window {
    Plugboard?: Plugboard;
  }
}

/** Text key of what keeps the chat away: it is switched off, or its script did not arrive. */
export type ChatProblem = 'closed' | 'failed';

/** The brand's widget on this page. */
export class Chat {
  readonly problem: Promise<ChatProblem | null>;

  constructor(brand: string, locale: string) {
    const script = document.createElement('script');
    Object.assign(script, { src: '/widget.js', async: true });
    Object.assign(script.dataset, { tenant: brand, locale });
    this.problem = outcome(script);
    document.head.append(script);
  }

  open(): void {
    window.Plugboard?.('open');
  }

  speak(locale: string): void {
    window.Plugboard?.('setLocale', locale);
  }
}

/** The loader tells when it is ready. While the chat is off, its script is empty. */
function outcome(script: HTMLScriptElement): Promise<ChatProblem | null> {
  return new Promise((resolve) => {
    script.addEventListener('error', () => resolve('failed'));
    script.addEventListener('load', () => { if (!window.Plugboard) resolve('closed'); });
    addEventListener('plugboard:ready', () => resolve(null));
    addEventListener('plugboard:error', (event) => resolve((event as CustomEvent<Error>).detail.message === 'closed' ? 'closed' : 'failed'));
  });
}
