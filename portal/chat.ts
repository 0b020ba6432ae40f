type Plugboard = (...call: unknown[]) => unknown;
declare global {
  interface Window {
    Plugboard?: Plugboard;
  }
}

/** What keeps the chat away: it is switched off, or its script did not arrive. */
type Problem = 'closed' | 'failed';

/** The brand's widget on this page, and the buttons that lead to it. One with words begins a message with them. */
export function openChat(body: HTMLElement): void {
  const { brand, locale } = body.dataset;
  if (!brand || !locale) return;
  const script = document.createElement('script');
  Object.assign(script, { src: '/widget.js', async: true });
  Object.assign(script.dataset, { tenant: brand, locale });
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[data-chat]')];
  const problem = outcome(script);
  for (const button of buttons) {
    // Who is faster than the chat gets it when it is there.
    button.addEventListener('click', () => void problem.then((why) => {
      const words = button.dataset.chat;
      if (!why) window.Plugboard?.(...(words ? ['showNewMessage', words] : ['open']));
    }));
  }
  void problem.then((why) => { if (why) buttons.forEach((button) => excuse(button, body.dataset[why] ?? '')); });
  document.head.append(script);
}

/** The loader tells when it is ready. While the chat is off, its script is empty. */
function outcome(script: HTMLScriptElement): Promise<Problem | null> {
  return new Promise((resolve) => {
    script.addEventListener('error', () => resolve('failed'));
    script.addEventListener('load', () => { if (!window.Plugboard) resolve('closed'); });
    addEventListener('plugboard:ready', () => resolve(null));
    addEventListener('plugboard:error', (event) => resolve((event as CustomEvent<Error>).detail.message === 'closed' ? 'closed' : 'failed'));
  });
}

/** Instead of a button that does nothing: why. */
function excuse(button: HTMLButtonElement, why: string): void {
  const place = button.parentElement?.querySelector('.lead, .ask-text');
  if (place) place.textContent = why;
  button.hidden = true;
}
