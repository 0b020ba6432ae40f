import { expect, test } from 'vitest';
import { addressesIn, cleanOutput, StreamCleaner } from './clean-output.ts';
import { groundedness } from './groundedness.ts';

const allowed = addressesIn(['See https://shop.example/returns. Or https://shop.example/list?page=2']);

test.each([
  ['Read [this](https://shop.example/returns).', 'Read [this](https://shop.example/returns).'], ['Go to https://shop.example/list?page=2 now', 'Go to https://shop.example/list?page=2 now'],
  ['[click](https://evil.example/?d=secret)', 'click'], ['https://evil.example/x?d=secret', 'evil.example/x'], ['![a](https://shop.example/returns)', ''], ['![a][b]\n[b]: https://evil.example/x.png', ''],
  ['<img src=x onerror=alert(1)>hi', '‹img src=x onerror=alert(1)›hi'], ['[x](javascript:alert(1))', 'x)'], ['# Title\ntext', '**Title**\ntext'], ['- a\n- b', '• a\n• b'], ['It takes 5 days [1], they say [2, 3].', 'It takes 5 days, they say.'],
])('%s', (written, clean) => expect(cleanOutput(written, allowed).text).toBe(clean));

test('numbers of passages are told apart', () => expect(cleanOutput('a [2] b [1][3]', allowed).cited).toEqual([2, 1, 3]));

test.each(['One [two](https://evil.example/x?y=1) three ![four](https://evil.example/z.png) five <b>six</b> seven [1].', 'Plain words, and more of them, and again more of them.', '1. a\n2. b\n\n**bold** end'])('what streams is a beginning of what is sent: %s', (text) => {
  const cleaner = new StreamCleaner(allowed);
  const shown = [...text].map((sign) => cleaner.add(sign)).join('');
  expect(cleanOutput(text, allowed).text.startsWith(shown)).toBe(true);
  expect(shown).not.toMatch(/evil\.example\/\S*\?|!\[|<b>/);
});

test.each(['*', '[', '<', '![', '](', '`', '![a](', '<a '])('thousands of %s are borne', (sign) => {
  expect(cleanOutput(sign.repeat(9_000), allowed).text).not.toContain('<');
});

test('words stand on the passages, numbers more so', () => {
  const passage = 'We pay the refund within 5 working days after your parcel reached us.';
  expect(groundedness('The refund is paid within 5 working days.', [passage], 'en')).toBe(100);
  expect(groundedness('The refund is paid within 9 working days.', [passage], 'en')).toBeLessThanOrEqual(30);
  expect(groundedness('Penguins live at the pole and eat fish.', [passage], 'en')).toBeLessThan(30);
});
