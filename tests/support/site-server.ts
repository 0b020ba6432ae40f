import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SitePage { status?: number; headers?: Record<string, string>; body?: string | Buffer }
export type SiteAnswer = SitePage | ((request: IncomingMessage, response: ServerResponse) => SitePage | undefined);

/** A site on a free port: pages by their path, and what was asked of it. What is not there is 404. */
export class SiteServer {
  readonly #pages = new Map<string, SiteAnswer>();
  readonly #server: Server;
  /** Paths with query, in the order in which they were asked for. */
  readonly asked: string[] = [];
  /** Asked for what is not named. */
  fallback: SiteAnswer | undefined;
  open = 0;
  mostOpen = 0;

  constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get host(): string { return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`; }
  get url(): string { return `http://${this.host}`; }

  set(path: string, answer: SiteAnswer): this {
    this.#pages.set(path, answer);
    return this;
  }

  /** A page of HTML with a text long enough to be one. */
  page(path: string, title: string, inner = '', more: SitePage & { head?: string; lang?: string } = {}): this {
    const { head = '', lang = 'en', ...answer } = more;
    return this.set(path, {
      ...answer, headers: { 'Content-Type': 'text/html; charset=utf-8', ...answer.headers },
      body: `<!doctype html><html lang="${lang}"><head><title>${title} – Site</title>${head}</head><body><nav><a href="/menu">Menu</a></nav><main><h1>${title}</h1><p>This is the page about ${title}.</p>${inner}</main><footer>Imprint</footer></body></html>`,
    });
  }

  remove(path: string): void { this.#pages.delete(path); }
  count(path: string): number { return this.asked.filter((asked) => asked === path).length; }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    this.asked.push(path);
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    response.on('close', () => { this.open -= 1; });
    const answer = this.#pages.get(path) ?? this.fallback ?? { status: 404, body: 'not here' };
    const page = typeof answer === 'function' ? answer(request, response) : answer;
    if (!page) return;
    response.writeHead(page.status ?? 200, { 'Content-Type': 'text/html', ...page.headers });
    response.end(page.body ?? '');
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
