import { startDesk, type TestDesk } from '../../../tests/support/desk.ts';
import type { Engine } from '../../../tests/support/databases.ts';
import type { AssistantAnswer, AssistantTurn, BrandDto, TurnCall } from '@plugboard/sdk';
import { trialTurn } from '../server/trial-turn.ts';
import type { PlaygroundDone } from '../server/playground/playground.routes.ts';

export interface Answered<T> { status: number; body: T }
export const base = '/api/plugins/ai';

/** A desk with the plugin on, its first operator, and some articles. */
export class AiDesk {
  readonly desk: TestDesk;
  readonly brand: BrandDto;
  readonly #headers: Record<string, string>;

  private constructor(desk: TestDesk, headers: Record<string, string>, brand: BrandDto) {
    this.desk = desk;
    this.brand = brand;
    this.#headers = headers;
  }

  static async start({ database = 'sqlite', env = {} }: { database?: Engine; env?: Record<string, string> } = {}): Promise<AiDesk> {
    const desk = await startDesk({ database, env: { PLUGBOARD_PLUGINS: 'ai', ...env } });
    const headers = await desk.signIn();
    const brands = await (await fetch(`${desk.url}/api/v1/brands`, { headers })).json() as { data: BrandDto[] };
    if (!brands.data[0]) throw new Error('no brand');
    return new AiDesk(desk, headers, brands.data[0]);
  }

  async call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answered<T>> {
    const response = await fetch(this.desk.url + path, { method, headers: this.#headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, body: (/^[{[]/.test(text) ? JSON.parse(text) : text) as T };
  }

  /** The plugin's own route. */
  ai<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answered<T>> {
    return this.call<T>(method, base + path, body);
  }

  async article(title: string, body: string, more: object = {}): Promise<void> {
    const made = await this.call('POST', '/api/v1/articles', { title, body, locale: 'en', status: 'published', ...more });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  }

  /** Asks as the playground does; answers the last line and every piece before it. */
  async ask(question: string | { author: 'contact' | 'assistant'; text: string }[], assistant: object = {}, more: object = {}): Promise<PlaygroundDone & { pieces: string[] }> {
    const messages = typeof question === 'string' ? [{ author: 'contact', text: question }] : question;
    return this.tried('/playground', { assistant: { name: 'Robin', mode: 'answer', ...assistant }, brandId: this.brand.id, messages, ...more });
  }

  /** An answer that comes in lines of JSON. */
  async tried(path: string, body: object = {}): Promise<PlaygroundDone & { pieces: string[] }> {
    const response = await fetch(this.desk.url + base + path, { method: 'POST', headers: this.#headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    const lines = text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as { text?: string; done?: PlaygroundDone; problem?: { code: string } });
    const done = lines.at(-1)?.done;
    if (!done) throw new Error(`no answer: ${text}`);
    return { ...done, pieces: lines.flatMap((line) => (line.text === undefined ? [] : [line.text])) };
  }

  /** A turn as the desk would give it, straight to the provider. */
  async turn(messages: { author: 'contact' | 'assistant'; text: string }[], more: Partial<AssistantTurn> = {}, call: Partial<TurnCall> = {}): Promise<AssistantAnswer> {
    const provider = this.desk.plugins.providers.get('assistant', 'ai')?.provider;
    const [assistant] = await provider?.accounts?.({ signal: AbortSignal.timeout(10_000), actor: { type: 'system', id: null }, locale: 'en' }) ?? [];
    if (!provider || !assistant) throw new Error('no assistant');
    const contact = await this.desk.kernel.db.knex('contacts').first<{ uid: string } | undefined>('uid');
    const turn = trialTurn({ brandId: this.brand.id, locale: 'en', messages, assistantId: assistant.id });
    return provider.answer({ ...turn, contact: { ...turn.contact, id: contact?.uid ?? turn.contact.id }, ...more }, {
      signal: AbortSignal.timeout(60_000), actor: { type: 'system', id: null }, locale: 'en', emit: async () => {}, callTool: async () => ({ status: 'refused', reason: 'none' }), ...call,
    });
  }

  stop(): Promise<void> { return this.desk.stop(); }
}
