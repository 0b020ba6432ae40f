import { expect, test } from 'vitest';
import type { VNode } from 'vue';
import { MarkedText } from './MarkedText.ts';

const shown = (text: string): string => ((MarkedText as (props: { text: string }) => (string | VNode)[])({ text })).map((part) => (typeof part === 'string' ? part : `<${String(part.type)}>${String(part.children)}</>`)).join('');

test.each([
  ['Open **Account**, then *Security* and `npm i`.', 'Open <strong>Account</>, then <em>Security</> and <code>npm i</>.'],
  ['on its way: **Monday to', 'on its way: **Monday to'],
  ['2 * 3 * 4 and a*b*c stay', '2 * 3 * 4 and a*b*c stay'],
  ['<b onclick="x()">**<i>**', '<b onclick="x()"><strong><i></>'],
])('marks become what they mean, all else stays text: %s', (text, expected) => {
  expect(shown(text)).toBe(expected);
});
