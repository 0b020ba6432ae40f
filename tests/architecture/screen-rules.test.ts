import { expect, test } from 'vitest';
import { findLines, sources, type Source } from './sources.ts';

/** The style part of a component and of a stylesheet: markup may say `left`, CSS may not. */
const stylesOf = ({ path, text }: Source): Source => ({
  path,
  text: path.endsWith('.vue') ? text.replace(/[\s\S]*?(<style[^>]*>)|<\/style>[\s\S]*$/g, (part) => part.replace(/[^\n]/g, '')) : text,
});

const vue = sources('.vue');
const styles = [...vue.filter(({ text }) => text.includes('<style')), ...sources('.css')].filter(({ path }) => !path.startsWith('themes/')).map(stylesOf);

test('only the sanitising component writes HTML into the page', () => {
  const sinks = new Set(findLines(sources('.vue', '.ts').filter(({ path }) => !path.startsWith('tests/') && !path.endsWith('.test.ts')), /v-html=|\.innerHTML\s*=|insertAdjacentHTML|outerHTML\s*=/).map((line) => line.split(':')[0]));
  expect([...sinks].filter((path) => !/(^|\/)SafeHtml\.vue$/.test(path ?? ''))).toEqual([]);
});

test('colours come from the tokens', () => {
  expect(findLines(styles, /#[0-9a-f]{3,8}\b(?![^{]*\{)|\b(rgba?|hsla?|oklch)\(|:\s*(white|black|red|green|blue|gray|grey|orange|yellow)\s*[;}]/i)).toEqual([]);
});

test('layout is logical, so that right-to-left mirrors by itself', () => {
  const physical = /(^|[\s;{])((margin|padding|border)-(left|right)|left|right|border-(top|bottom)-(left|right)-radius)\s*:|text-align:\s*(left|right)|float:\s*(left|right)/;
  expect(findLines(styles, physical)).toEqual([]);
});
