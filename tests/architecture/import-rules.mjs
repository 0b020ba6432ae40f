// Who may import whom: one table for the linter (eslint.config.js) and for imports.test.ts.
import { posix } from 'node:path';

/** First match wins. `own` is the part of the path that tells two neighbours of a zone apart (a module, a plugin). */
const zones = [
  { zone: 'test', pattern: /^tests\/|\/tests\/|\.test\.ts$|^core\/sdk\/testing\// },
  { zone: 'tool', pattern: /(^|\/)(vite\.config|builds)\.ts$|^core\/(sdk|admin)\/(vite|create)\// },
  { zone: 'sdk', pattern: /^core\/sdk\// },
  { zone: 'shared', pattern: /^core\/shared\// },
  { zone: 'kernel', pattern: /^core\/kernel\// },
  { zone: 'module', pattern: /^core\/modules\/([^/]+)\// },
  { zone: 'root', pattern: /^core\/(?:boot\/.+|[^/]+)\.ts$/ },
  { zone: 'cli', pattern: /^core\/cli\// },
  { zone: 'admin-sdk', pattern: /^core\/admin\/sdk\// },
  { zone: 'admin', pattern: /^core\/admin\// },
  { zone: 'widget', pattern: /^widget\// },
  { zone: 'portal', pattern: /^portal\// },
  { zone: 'plugin-admin', pattern: /^plugins\/([^/]+)\/admin\// },
  { zone: 'plugin', pattern: /^plugins\/([^/]+)\// },
  { zone: 'migration', pattern: /^migrations\// },
  { zone: 'data', pattern: /^(themes|locales)\/|^package\.json$/ },
];

const server = ['kernel', 'shared', 'sdk'];
const mayImport = {
  sdk: [],
  shared: ['sdk'],
  kernel: ['shared', 'sdk', 'data'],
  module: [...server, 'module'],
  root: [...server, 'module', 'data'],
  cli: [...server, 'module', 'root', 'data'],
  'admin-sdk': ['shared', 'sdk', 'admin'],
  admin: ['shared', 'sdk', 'admin-sdk', 'data'],
  widget: ['shared', 'sdk', 'data'],
  portal: ['shared', 'sdk', 'data'],
  plugin: [],
  'plugin-admin': [],
  migration: ['kernel'],
  data: [],
};

/** Names that a zone imports instead of paths. */
const packageZones = { '@plugboard/sdk': 'sdk', '@plugboard/admin-sdk': 'admin-sdk' };
const mayNamePackage = {
  plugin: ['@plugboard/sdk'],
  'plugin-admin': ['@plugboard/admin-sdk'],
  'admin-sdk': ['@plugboard/sdk'],
};
const onlyPackages = { 'plugin-admin': ['vue', 'vue-router', '@plugboard/admin-sdk'] };
const browserZones = new Set(['shared', 'admin', 'admin-sdk', 'widget', 'portal', 'plugin-admin']);

/** `{ zone, own }` of a path inside the repository, or null when no rule covers it. */
export function zoneOf(path) {
  for (const { zone, pattern } of zones) {
    const match = pattern.exec(path);
    if (match) return { zone, own: match[1] ?? '' };
  }
  return null;
}

const isRelative = (specifier) => specifier.startsWith('./') || specifier.startsWith('../');
const isPackage = (specifier, name) => specifier === name || specifier.startsWith(`${name}/`);

function packageViolation(from, specifier) {
  const only = onlyPackages[from.zone];
  if (only && !only.some((name) => isPackage(specifier, name))) return `${from.zone} may import ${only.join(', ')} and its own files`;
  if (specifier.startsWith('node:') && browserZones.has(from.zone)) return `${from.zone} runs in browsers, so it has no ${specifier}`;
  const name = Object.keys(packageZones).find((candidate) => isPackage(specifier, candidate));
  if (!name) return null;
  const target = packageZones[name];
  if (target === from.zone || mayImport[from.zone].includes(target) || mayNamePackage[from.zone]?.includes(name)) return null;
  return `${from.zone} must not import ${name}`;
}

function pathViolation(from, path) {
  const target = zoneOf(path);
  if (!target) return path.startsWith('..') ? 'leaves the repository' : null;
  if (target.zone === from.zone && target.own === from.own) return null;
  if (target.zone === 'test') return 'only tests import from tests';
  if (!mayImport[from.zone].includes(target.zone)) return `${from.zone} must not import ${target.zone}`;
  if (target.zone === 'module' && path !== `core/modules/${target.own}/index.ts`)
    return `the module ${target.own} is entered through its index.ts`;
  return null;
}

/** Why the file at `fromPath` must not import `specifier`; null when it may. Paths are relative to the repository, with `/`. */
export function importViolation(fromPath, specifier) {
  const from = zoneOf(fromPath);
  if (!from || from.zone === 'test' || from.zone === 'tool') return null;
  if (!isRelative(specifier)) return packageViolation(from, specifier);
  return pathViolation(from, posix.join(posix.dirname(fromPath), specifier.replace(/\?.*$/, '')));
}
