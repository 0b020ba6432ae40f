import { expect, it } from 'vitest';
import { html, json, Markup, trusted } from './markup.ts';

it('escapes every value, in text and between quotation marks', () => {
  const nasty = `"><script>alert('x')</script>&`;
  expect(String(html`<a title="${nasty}">${nasty}</a>`)).toBe(`<a title="${'&#34;&#62;&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;&#38;'}">&#34;&#62;&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;&#38;</a>`);
});

it('takes pieces and lists of pieces as they are, and writes nothing for nothing', () => {
  const rows = ['a', '<b>'].map((text) => html`<li>${text}</li>`);
  expect(String(html`<ul>${rows}</ul>${null}${undefined}${false}${0}${['<', trusted('<hr>')]}`)).toBe('<ul><li>a</li><li>&#60;b&#62;</li></ul>0&#60;<hr>');
});

it('ends no block of data, whatever is in it', () => {
  const text = String(html`<script type="application/json">${json({ a: '</script><!--\u2028' })}</script>`);
  expect(text).toBe('<script type="application/json">{"a":"\\u003c/script>\\u003c!--\\u2028"}</script>');
  expect(JSON.parse(text.replace(/<[^>]+>/g, ''))).toEqual({ a: '</script><!--\u2028' });
});

it('is made nowhere else', () => {
  expect(() => new Markup(Symbol('markup') as never, '<b>')).toThrow();
});
