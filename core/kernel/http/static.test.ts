import { describe, expect, it } from 'vitest';
import { safeJoin } from './static.ts';

describe('safeJoin', () => {
  it('keeps inside the folder', () => {
    expect(safeJoin('/srv/app', 'assets/a.js')).toBe('/srv/app/assets/a.js');
    expect(safeJoin('/srv/app', 'a/../b.js')).toBe('/srv/app/b.js');
  });
  it.each(['../secret', '..%2fsecret', 'a/../../secret', '%2e%2e/%2e%2e/etc/passwd', 'a\0b', '%00', '%E0%A4%A', ''])('refuses %j', (path) => {
    expect(safeJoin('/srv/app', path)).toBeNull();
  });
  it('does not take a sibling folder with the same beginning for its own', () => {
    expect(safeJoin('/srv/app', '../app-secret/key')).toBeNull();
  });
});
