import { expect, test } from 'vitest';
import { addressPrefix } from './rate-limit.ts';

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1'],
  ['2001:db8:1::6', '2001:db8:1'],
  ['2001:0DB8:0001:ffff::', '2001:db8:1'],
  // However the zeros are left out, it is one neighbourhood.
  ['2a00::1:2:3:4', '2a00:0:0'],
  ['2a00::9', '2a00:0:0'],
  ['2a00:0:0:5::', '2a00:0:0'],
  ['::1', '0:0:0'],
])('%s is of the neighbourhood %s', (address, prefix) => {
  expect(addressPrefix(address)).toBe(prefix);
});
