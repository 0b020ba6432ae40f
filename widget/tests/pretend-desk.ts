import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { build } from 'vite';
import { expect } from 'vitest';
import type { LauncherConfig } from '../loader/launcher-config.ts';
import { compatBuild, loaderBuild, shims } from '../builds.ts';
import type { ToApp, ToLoader } from '../protocol.ts';

const config: LauncherConfig = {
  slug: 'website', type: 'popup', position: 'right', mode: 'system', color: '#2b59d9', icon: { w: 512, h: 512, d: 'M0 0h512v512H0z' }, text: 'Help', locale: 'en', dir: 'ltr',
  texts: { title: 'Chat', open: 'Open the chat', close: 'Close the chat', unread: 'New answers' },
};

/** A frame that says nothing by itself: a test speaks for it, and reads what the page's script told it. */
const framePage = `<!doctype html><meta charset="utf-8"><title>Frame</title><link rel="icon" href="data:,"><button>In the frame</button><script>
  window.heard = [];
  addEventListener('message', ({ data, origin, source }) => { heard.push({ ...data, origin, isParent: source === parent }); });
  window.tell = (message) => parent.postMessage({ ...message, plugboard: 1 }, new URLSearchParams(location.hash.slice(1)).get('parent'));
</script>`;

export interface PretendDesk {
  url: string;
  /** Paths that were asked for. */
  asked: string[];
  /** What `/api/sdk/config` answers from now on. */
  answer(changes: Partial<LauncherConfig> | number): void;
  close(): Promise<void>;
}

/** The desk's addresses as far as loader and shims know them, with the scripts as they are now. */
export async function pretendDesk(): Promise<PretendDesk> {
  const dir = await mkdtemp(join(tmpdir(), 'pb-loader-'));
  await build({ ...loaderBuild(dir), logLevel: 'silent' });
  const scripts = new Map([['/widget.js', await readFile(join(dir, 'widget.js'), 'utf8')]]);
  for (const name of shims) {
    await build({ ...compatBuild(join(dir, 'compat'), name), logLevel: 'silent' });
    scripts.set(`/widget/compat/${name}.js`, await readFile(join(dir, 'compat', `${name}.js`), 'utf8'));
  }
  const asked: string[] = [];
  let answer: LauncherConfig | number = config;
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    const send = (status: number, type: string, body: string) => response.writeHead(status, { 'Content-Type': type, 'Access-Control-Allow-Origin': '*' }).end(body);
    const script = scripts.get(url);
    if (script) send(200, 'text/javascript', script);
    else if (url.startsWith('/api/sdk/config')) send(typeof answer === 'number' ? answer : 200, 'application/json', JSON.stringify(answer));
    else send(200, 'text/html; charset=utf-8', framePage);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`, asked,
    answer(changes) { answer = typeof changes === 'number' ? changes : { ...config, ...changes }; },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export type Heard = ToApp & { origin: string; isParent: boolean };

/** The frame of a page, which a test speaks for. */
export class PretendFrame {
  readonly frame: Frame;

  private constructor(frame: Frame) {
    this.frame = frame;
  }

  static async of(page: Page): Promise<PretendFrame> {
    const find = () => page.frames().find((frame) => frame.url().includes('/widget/'));
    await expect.poll(() => find() !== undefined).toBe(true);
    const frame = find();
    if (!frame) throw new Error('no frame');
    await frame.waitForFunction('window.tell');
    return new PretendFrame(frame);
  }

  /** Says that it is ready, and waits until the page has told it everything. */
  async ready(): Promise<this> {
    await this.tell({ type: 'ready' });
    await this.heard('visible');
    return this;
  }

  tell(message: ToLoader): Promise<void> {
    return this.frame.evaluate((given) => { (window as unknown as { tell(message: unknown): void }).tell(given); }, message);
  }

  all(): Promise<Heard[]> {
    return this.frame.evaluate('window.heard');
  }

  /** The latest message of a kind. */
  async heard<Type extends ToApp['type']>(type: Type): Promise<Extract<Heard, { type: Type }>> {
    await expect.poll(async () => (await this.all()).some((message) => message.type === type)).toBe(true);
    return (await this.all()).findLast((message) => message.type === type) as Extract<Heard, { type: Type }>;
  }

  async calls(): Promise<{ name: string; args: unknown[]; id?: number }[]> {
    return (await this.all()).filter((message) => message.type === 'call');
  }
}
