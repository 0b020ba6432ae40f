import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importViolation, zoneOf } from './import-rules.mjs';
import { importsOf, sources } from './sources.ts';

const files = sources('.ts', '.vue');

describe('the import table', () => {
  test.each([
    ['core/kernel/db/database.ts', '../../modules/brands/index.ts'],
    ['core/kernel/db/database.ts', '../../../plugins/chat/manifest.ts'],
    ['core/sdk/index.ts', '../shared/limits.ts'],
    ['core/shared/people.ts', 'node:fs'],
    ['core/modules/brands/list-brands.ts', '../roles/role.model.ts'],
    ['core/modules/brands/list-brands.ts', '../../app.ts'],
    ['core/app.ts', './admin/main.ts'],
    ['core/admin/main.ts', '../kernel/errors.ts'],
    ['widget/app/main.ts', '../../core/admin/main.ts'],
    ['plugins/chat/server/index.ts', '../../../core/kernel/errors.ts'],
    ['plugins/chat/server/index.ts', '../../stripe/server/index.ts'],
    ['plugins/chat/server/index.ts', '@plugboard/admin-sdk'],
    ['plugins/chat/admin/index.ts', 'pinia'],
    ['core/modules/brands/brand.model.ts', '../../../tests/support/desk.ts'],
  ])('%s must not import %s', (from, specifier) => {
    expect(importViolation(from, specifier)).not.toBeNull();
  });

  test.each([
    ['core/modules/brands/list-brands.ts', '../roles/index.ts'],
    ['core/modules/brands/list-brands.ts', './brand.model.ts'],
    ['core/app.ts', './modules/brands/index.ts'],
    ['core/admin/main.ts', '../shared/limits.ts'],
    ['core/admin/main.ts', '../../themes/plugboard/tokens.css'],
    ['plugins/chat/server/index.ts', '@plugboard/sdk'],
    ['plugins/chat/admin/index.ts', '@plugboard/admin-sdk'],
    ['core/modules/brands/brands.test.ts', '../../../tests/support/desk.ts'],
  ])('%s may import %s', (from, specifier) => {
    expect(importViolation(from, specifier)).toBeNull();
  });
});

test('every import follows the table', () => {
  const violations = files.flatMap((file) => importsOf(file).flatMap((specifier) => {
    const reason = importViolation(file.path, specifier);
    return reason ? [`${file.path} → ${specifier}: ${reason}`] : [];
  }));
  expect(violations).toEqual([]);
});

test('modules depend on one another without cycles', () => {
  const dependencies = new Map<string, Set<string>>();
  for (const file of files) {
    const from = zoneOf(file.path);
    if (from?.zone !== 'module') continue;
    for (const specifier of importsOf(file).filter((name) => name.startsWith('.'))) {
      const to = zoneOf(posix.join(posix.dirname(file.path), specifier));
      if (to?.zone === 'module' && to.own !== from.own) dependencies.set(from.own, (dependencies.get(from.own) ?? new Set()).add(to.own));
    }
  }
  expect(findCycle(dependencies)).toBeNull();
});

test('a cycle is found', () => {
  expect(findCycle(new Map([['a', new Set(['b'])], ['b', new Set(['c'])], ['c', new Set(['a'])]]))).toBe('a → b → c → a');
});

function findCycle(graph: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): string | null => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name].join(' → ');
    if (done.has(name)) return null;
    for (const next of graph.get(name) ?? []) {
      const cycle = visit(next, [...trail, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return null;
  };
  for (const name of graph.keys()) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return null;
}
