import { startDesk } from '../../../tests/support/desk.ts';
import type { TestDesk } from '../../../tests/support/desk.ts';
import type { Engine } from '../../../tests/support/databases.ts';
import type { WidgetDto } from '../server/widget.schema.ts';

export interface Answered<T> { status: number; headers: Headers; body: T }

/** A desk with the chat on, and its first operator. */
export class WidgetDesk {
  readonly desk: TestDesk;
  readonly #headers: Record<string, string>;

  private constructor(desk: TestDesk, headers: Record<string, string>) {
    this.desk = desk;
    this.#headers = headers;
  }

  static async start(database: Engine = 'sqlite'): Promise<WidgetDesk> {
    const desk = await startDesk({ database, env: { PLUGBOARD_PLUGINS: 'chat' } });
    return new WidgetDesk(desk, await desk.signIn());
  }

  async call<T = WidgetDto>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered<T>> {
    const response = await fetch(this.desk.url + path, { method, headers: { ...this.#headers, ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (/^[{[]/.test(text) ? JSON.parse(text) : text) as T };
  }

  async list(): Promise<WidgetDto[]> {
    return (await this.call<{ data: WidgetDto[] }>('GET', '/api/v1/widgets')).body.data;
  }

  async first(): Promise<WidgetDto> {
    const [widget] = await this.list();
    if (!widget) throw new Error('no widget');
    return widget;
  }

  async make(over: object = {}): Promise<WidgetDto> {
    const { brandId } = await this.first();
    const { body, status } = await this.call('POST', '/api/v1/widgets', { name: `Widget ${crypto.randomUUID()}`, brandId, ...over });
    if (status !== 201) throw new Error(`not made: ${JSON.stringify(body)}`);
    return body;
  }

  change<T = WidgetDto>(id: string, body: object): Promise<Answered<T>> {
    return this.call<T>('PATCH', `/api/v1/widgets/${id}`, body);
  }

  /** What a page on somebody's site gets. */
  async config(name: string, headers: Record<string, string> = {}): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${this.desk.url}/api/sdk/config?${name}`, { headers });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  }

  /** What the widget's own page carries. */
  async page(slug: string, query = ''): Promise<{ html: string; policy: string; config: { widget: Record<string, unknown>; locale: string; dir: string; texts: Record<string, string> } }> {
    const response = await fetch(`${this.desk.url}/widget/${slug}${query}`);
    const html = await response.text();
    const data = /<script type="application\/json" id="config">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}';
    return { html, policy: response.headers.get('content-security-policy') ?? '', config: JSON.parse(data) as never };
  }
}
