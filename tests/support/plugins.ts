import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { scratchDir } from './scratch.ts';
import { signInTo } from './sign-in.ts';

export const fixtures = new URL('../fixtures/plugins/', import.meta.url).pathname;

export interface Answer { status: number; headers: Headers; body: never }
export type Call = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** Calls a desk as its first operator. */
export const ownerOf = async (url: string): Promise<Call> => callWith(url, await signInTo(url));

/** The same with the headers of somebody who is signed in. */
export function callWith(url: string, headers: Record<string, string>): Call {
  return async (method, path, body) => {
    const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (/^[{[]/.test(text) ? JSON.parse(text) : text) as never };
  };
}

/** Switches a plugin on with consent to all it asks for. */
export async function switchOn(call: Call, id: string): Promise<Answer> {
  const { body } = await call('GET', `/api/v1/plugins/${id}`);
  return call('PUT', `/api/v1/plugins/${id}/activation`, { active: true, consent: (body as { permissions: string[] }).permissions });
}
export const switchOff = (call: Call, id: string): Promise<Answer> => call('PUT', `/api/v1/plugins/${id}/activation`, { active: false });

/** A folder for plugins that a test writes itself. */
export const pluginFolder = (): Promise<string> => scratchDir('pb-plugins-');

export const manifestOf = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id, version: '1.0.0', api: 1, name: id, description: id, category: 'other', engines: { plugboard: '>=0.1.0' }, entry: { server: 'server.ts' }, ...more,
});

/** Writes a plugin: its `plugin.json` (text as it is, or JSON), its server entry, and what else it has. */
export async function writePlugin(folder: string, name: string, files: { manifest?: unknown; setup?: string; more?: Record<string, string> }): Promise<string> {
  const dir = join(folder, name);
  const id = (files.manifest as { id?: string } | undefined)?.id ?? name;
  const all: Record<string, string> = {
    ...(files.manifest === undefined ? {} : { 'plugin.json': typeof files.manifest === 'string' ? files.manifest : JSON.stringify(files.manifest) }),
    'server.ts': `export default { manifest: { id: '${id}' }, async setup(ctx) { ${files.setup ?? ''} } };\n`,
    ...files.more,
  };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  return dir;
}
