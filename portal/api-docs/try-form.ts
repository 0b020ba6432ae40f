import { make, set } from '../dom.ts';
import { fill } from '../fill.ts';
import { renderAnswer, renderFailure, type Received } from './answer-view.ts';
import { confirmSend } from './confirm.ts';
import { Fields } from './fields.ts';
import { codeBox } from './json-view.ts';
import type { OperationInput } from './operation-page.ts';
import { curlOf, requestOf, type Filled } from './request.ts';

/** Sends the operation to this desk and shows what comes back. */
export class TryForm {
  readonly element: HTMLElement;
  readonly #input: OperationInput;
  readonly #fields: Fields;
  readonly #form: HTMLFormElement;
  readonly #send: HTMLButtonElement;
  readonly #status = set(make('p', 'hidden'), { role: 'status' });
  readonly #answer = make('div', 'answer');
  readonly #curl = make('div', '');

  constructor(input: OperationInput) {
    const { operation, texts } = input;
    this.#input = input;
    this.#fields = new Fields(operation, texts);
    this.#send = set(make('button', 'primary', texts.send), { type: 'submit', 'aria-keyshortcuts': 'Control+Enter' });
    this.#form = make('form', '', ...this.#fields.elements);
    if (operation.method !== 'get') this.#form.append(make('p', 'quiet', texts.changesDesk));
    this.#form.append(make('div', 'actions', this.#send, make('kbd', '', 'Ctrl ⏎')));
    this.#form.addEventListener('submit', (event) => { event.preventDefault(); void this.#submit(); });
    this.#form.addEventListener('input', () => this.#showCurl());
    this.#form.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#form.requestSubmit(); });
    const title = make('h2', '', texts.tryIt);
    title.id = 'try-it';
    const curl = make('details', '', make('summary', '', texts.asCurl), this.#curl);
    this.element = set(make('section', 'try', title, this.#form, curl, this.#status, this.#answer), { 'aria-labelledby': title.id });
    this.#showCurl();
  }

  #filled(): Filled {
    const { caller, locale } = this.#input;
    return { values: this.#fields.values(), body: this.#fields.body(), token: caller.token, locale };
  }

  #showCurl(): void {
    this.#curl.replaceChildren(codeBox(curlOf(this.#input.operation, this.#filled(), location.origin), this.#input.texts.asCurl));
  }

  async #submit(): Promise<void> {
    const { operation, texts } = this.#input;
    this.#fields.check();
    if (this.#send.ariaDisabled === 'true' || !this.#form.reportValidity()) return;
    const { address, init } = requestOf(operation, this.#filled());
    if (operation.method === 'delete' && !(await confirmSend(`DELETE ${address}`, texts))) return;
    this.#send.ariaDisabled = 'true';
    try {
      const received = await receive(address, init);
      this.#noteSession(received);
      this.#status.textContent = fill(texts.answered, { status: String(received.status) });
      this.#answer.replaceChildren(renderAnswer(received, texts));
    } catch {
      this.#status.textContent = texts.noAnswer;
      this.#answer.replaceChildren(renderFailure(texts));
    } finally {
      this.#send.ariaDisabled = 'false';
    }
  }

  /** Who signed in or out on this page is who the next request comes from. */
  #noteSession({ status, text }: Received): void {
    const { operation, caller } = this.#input;
    if (operation.path !== '/api/v1/session' || operation.method === 'get' || status >= 300) return;
    const name = operation.method === 'post' ? (JSON.parse(text) as { operator?: { name?: string } }).operator?.name : null;
    caller.isSignedIn(name ?? null);
  }
}

async function receive(address: string, init: RequestInit): Promise<Received> {
  const start = performance.now();
  const response = await fetch(address, init);
  const content = await response.blob();
  const type = response.headers.get('Content-Type') ?? '';
  const isText = /json|^text\/|javascript|xml/.test(type);
  return {
    status: response.status, reason: response.statusText, milliseconds: Math.round(performance.now() - start),
    headers: [...response.headers], type, content, text: isText ? await content.text() : '',
  };
}
