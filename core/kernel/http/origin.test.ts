import { describe, expect, it } from 'vitest';
import { isOwnOrigin } from './origin.ts';

const publicUrl = 'https://desk.example';

describe('isOwnOrigin', () => {
  it.each([
    ['reading needs no origin', 'GET', { origin: 'https://evil.example' }, true],
    ['the public address', 'POST', { origin: publicUrl, host: 'inner:3000' }, true],
    ['the address that was called', 'POST', { origin: 'http://localhost:3000', host: 'localhost:3000' }, true],
    ['another site', 'POST', { origin: 'https://evil.example', host: 'desk.example' }, false],
    ['another site with our name as a prefix', 'POST', { origin: 'https://desk.example.evil.example', host: 'desk.example' }, false],
    ['an opaque origin', 'POST', { origin: 'null', host: 'desk.example' }, false],
    ['no origin, but the browser says same-origin', 'DELETE', { 'sec-fetch-site': 'same-origin' }, true],
    ['no origin, from a sibling site', 'DELETE', { 'sec-fetch-site': 'same-site' }, false],
    ['nothing that says where it comes from', 'PUT', { host: 'desk.example' }, false],
  ])('%s', (_name, method, headers, expected) => {
    expect(isOwnOrigin(method, headers, publicUrl)).toBe(expected);
  });
});
