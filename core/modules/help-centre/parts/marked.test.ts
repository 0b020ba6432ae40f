import { expect, it } from 'vitest';
import { marked, runsOf } from './marked.ts';

it('takes apart what a search found', () => {
  expect(runsOf('A <mark>refund</mark> &#38; more')).toEqual([['A ', false], ['refund', true], [' & more', false]]);
  expect(runsOf('')).toEqual([]);
});

it('writes marks and nothing else', () => {
  expect(String(marked('&#60;img src=x onerror=alert(1)&#62; <mark>a</mark>&lt;b&gt;'))).toBe('&#60;img src=x onerror=alert(1)&#62; <mark>a</mark>&#60;b&#62;');
  expect(String(marked('<img src=x><mark>a</mark><mark>'))).toBe('&#60;img src=x&#62;<mark>a</mark>&#60;mark&#62;');
});
