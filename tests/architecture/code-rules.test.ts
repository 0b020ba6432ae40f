import { expect, test } from 'vitest';
import { findLines, sources } from './sources.ts';

const code = sources('.ts', '.vue', '.mjs').filter(({ path }) => !path.startsWith('tests/architecture/'));
const isTest = (path: string) => path.endsWith('.test.ts') || path.startsWith('tests/') || path.startsWith('core/sdk/testing/');
const shipped = code.filter(({ path }) => !isTest(path));
const server = shipped.filter(({ path }) => /^(core\/(kernel|modules|[^/]+\.ts)|plugins\/[^/]+\/server)/.test(path));

test('core names no vendor and imports no plugin', () => {
  const core = shipped.filter(({ path }) => path.startsWith('core/'));
  expect(findLines(core, /\b(stripe|hubspot|slack|openai)\b/i)).toEqual([]);
  expect(findLines(core, /from '[./]*\/plugins\/[a-z0-9-]+\/|import\('[./]*\/plugins\//)).toEqual([]);
});

test('no source file has more than 400 lines', () => {
  const long = [...code, ...sources('.css')].filter(({ text }) => text.split('\n').length > 401);
  expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length}`)).toEqual([]);
});

test('files are named in kebab-case, components in PascalCase', () => {
  const name = (path: string) => path.split('/').at(-1) ?? '';
  const isBrowser = (path: string) => /^(core\/admin|widget|portal|plugins\/[^/]+\/admin)\//.test(path);
  const kebab = /^[a-z0-9]+([-.][a-z0-9]+)*\.(ts|mts|mjs)$/;
  const component = /^[A-Z][A-Za-z0-9]*\.(vue|ts|test\.ts)$/;
  const odd = code.filter(({ path }) => !kebab.test(name(path)) && !(isBrowser(path) && component.test(name(path))));
  expect(odd.map(({ path }) => path)).toEqual([]);
});

test('there is no utils, no helpers', () => {
  expect(code.filter(({ path }) => /(^|\/)(utils?|helpers?)(\.|\/)/.test(path)).map(({ path }) => path)).toEqual([]);
});

test('no address of a link comes from the Host header', () => {
  expect(findLines(server, /\bctx\.(host|hostname|origin|href)\b|\bctx\.request\.(host|hostname|origin|href)\b/)).toEqual([]);
});

test('Math.random only spreads retries on the server', () => {
  expect(findLines(server, /Math\.random\(/).filter((line) => !/jitter|delay|backoff|retry|pause/i.test(line))).toEqual([]);
});

test('no OFFSET in any statement', () => {
  expect(findLines(server, /\bOFFSET\b|\.offset\(/)).toEqual([]);
});

test('no test is skipped or focused', () => {
  const tests = code.filter(({ path }) => isTest(path));
  expect(findLines(tests, /\b(test|it|describe)\.(skip|only|todo)\b/)).toEqual([]);
});

test('nothing is left to do in comments', () => {
  expect(findLines(code, /\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
});
