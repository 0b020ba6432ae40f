import { describe, expect, it } from 'vitest';
import type { MailFrame } from './mail-page.ts';
import { renderMail } from './render-mail.ts';
import { TemplateProblem } from './template-problem.ts';

const frame: MailFrame = {
  accent: '#06548c', ink: '#ffffff', direction: 'ltr', locale: 'en', name: 'Acme', reason: 'Because you asked.',
  unsubscribe: { url: 'https://desk.test/u?a=1&b=2', label: 'Unsubscribe' },
};
const reader = { locale: 'en-GB', timeZone: 'Europe/Berlin' };

const render = (body: string, values: Record<string, unknown> = {}, subject = 'Subject') => renderMail({ subject, body }, values, frame, reader);
/** What stands between the head of the mail and its foot. */
const inner = (html: string): string => html.slice(html.indexOf('>', html.indexOf('class="pb-text"')) + 1, html.indexOf('</td></tr>\n</table>\n<table')).trim();
const bodyOf = (body: string, values: Record<string, unknown> = {}): string => inner(render(body, values).html).replaceAll(/ style="[^"]*"| class="pb-(?:link|key|line)"/g, '');
const textOf = (body: string, values: Record<string, unknown> = {}): string => render(body, values).text.split('\n\n-- \n')[0] ?? '';
const problemOf = (body: string, subject?: string): TemplateProblem => {
  try {
    render(body, {}, subject);
  } catch (error) {
    if (error instanceof TemplateProblem) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
};

const hostile = [
  '<img src=x onerror=alert(1)>', '<svg><animate onbegin=alert(1)>', '[x](javascript:alert(1))', '[x](https://evil.test)', '![](https://evil.test/?d=1)',
  '{{ 7 | times: 7 }}', '{{constructor.constructor}}', '{% include "/etc/passwd" %}', '${7*7}', '<%= 7 %>', '**bold**', '# heading', '> quote', '    code', '- item', '1. one',
  '```\nfence', '<style>@import url(https://evil.test)</style>', '</td></tr></table>', '<base href=//evil.test>', '" onmouseover="alert(1)', '<https://evil.test>', '[a]: https://evil.test',
  '&lt;b&gt; &#60;', '\uFDD00\uFDD1', '*'.repeat(1_000), '['.repeat(1_000), '<div>'.repeat(3_000),
].map((text) => [text.slice(0, 40), text] as const);

describe('a value', () => {
  const escaped = (text: string): string => text.replace(/[\uFDD0\uFDD1]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\n', '<br>');

  it.each(hostile)('is text at the beginning of a line: %j', (_title, name) => {
    expect(bodyOf('{{ name }}', { name })).toBe(`<p>${escaped(name)}</p>`);
    expect(textOf('{{ name }}', { name })).toBe(name.replace(/[\uFDD0\uFDD1]/g, '').trimEnd());
  });

  it.each(hostile)('is text within a sentence, a heading, a quote, a list and code: %j', (_title, name) => {
    const shown = escaped(name);
    expect(bodyOf('Hi **{{ name }}**!\n\n# {{ name }}\n\n> {{ name }}\n\n- {{ name }}\n\nx `{{ name }}`', { name }).replaceAll('\n', ''))
      .toBe(`<p>Hi <strong>${shown}</strong>!</p><h1>${shown}</h1><blockquote><p>${shown}</p></blockquote><ul><li>${shown}</li></ul><p>x <code>${shown}</code></p>`);
  });

  it.each(hostile)('leads nowhere as an address, and stays a part of one: %j', (_title, name) => {
    expect(bodyOf('a [x]({{ name }})', { name })).toBe('<p>a <a href="#" target="_blank" rel="noopener noreferrer">x</a></p>');
    const [, href = ''] = /href="([^"]*)"/.exec(bodyOf('a [x](https://desk.test/?q={{ name }}&z=1)', { name })) ?? [];
    const isTooLong = encodeURIComponent(name).length > 1_900;
    expect(href === '#').toBe(isTooLong);
    if (isTooLong) return;
    const url = new URL(href.replaceAll('&amp;', '&').replaceAll('&#39;', "'"));
    expect([url.origin, url.searchParams.get('q'), url.searchParams.get('z')]).toEqual(['https://desk.test', name.replace(/[\uFDD0\uFDD1]/g, ''), '1']);
  });

  it('is not what another value says', () => {
    expect(bodyOf('{{ a }} {{ b }}', { a: 'secret', b: '\uFDD00\uFDD1' })).toBe('<p>secret 0</p>');
    expect(bodyOf('{% assign both = a | append: b %}{{ both | upcase }}', { a: '<a>', b: '{{ a }}' })).toBe('<p>&lt;A&gt;{{ A }}</p>');
  });

  it('keeps its line breaks, on one line in attributes', () => {
    expect(bodyOf('{{ name }}', { name: 'a\r\nb\nc' })).toBe('<p>a<br>b<br>c</p>');
    expect(render('{{ name }}', { name: 'a\nb' }).html).not.toContain('a\nb');
  });

  it('makes one line in a subject, without turning its direction', () => {
    expect(render('x', { name: 'Ada\r\nBcc: evil@example.org \u202E x' }, 'Hi {{ name }}\n').subject).toBe('Hi Ada Bcc: evil@example.org x');
    expect(render('x', { name: '*a* <b> {{ 7 }}' }, '{{ name }}').subject).toBe('*a* <b> {{ 7 }}');
    expect([...render('x', { name: '😀'.repeat(900) }, '{{ name }}').subject]).toHaveLength(500);
  });

  it('of no text is nothing, and nothing is inherited', () => {
    expect(bodyOf('a{{ none }}{{ object }}{{ object.constructor }}{{ text.constructor }}{{ list }}{{ no }}', { object: { a: 1 }, text: 'x', list: ['p', 'q'], no: null })).toBe('<p>ap, q</p>');
    expect(bodyOf('a{{ list.constructor.name }}{{ text.constructor.name }}{{ object.__proto__.constructor.name }}{{ list.map.name }}b', { object: { a: 1 }, text: 'x', list: ['p'] })).toBe('<p>ab</p>');
  });

  it('with a message in it has bold, italic and code, and nothing else', () => {
    const text = 'Hi **bold _both_** and `a*b*c`\n\n[x](https://evil.test) <b> ![](https://evil.test) # no\n- no {{ 7 }}';
    expect(bodyOf('> {{ message | formatted }}', { message: text })).toContain(
      '<p><span dir="auto">Hi <strong>bold <em>both</em></strong> and <code>a*b*c</code><br><br>[x](https://evil.test) &lt;b&gt; ![](https://evil.test) # no<br>- no {{ 7 }}</span></p>');
    expect(textOf('> {{ message | formatted }}', { message: text })).toBe('> Hi bold both and a*b*c\n>\n> [x](https://evil.test) <b> ![](https://evil.test) # no\n> - no {{ 7 }}');
  });

  it('is cut when all of them are too much, and the mail goes out', () => {
    const { html, text } = render('{% for part in parts %}{{ part }} {% endfor %}end', { parts: Array.from({ length: 30 }, () => 'x'.repeat(100_000)) });
    expect(text.length).toBeLessThan(1_100_000);
    expect(html).toContain('end');
  });
});

describe('a template', () => {
  const messages = [{ author: 'Bea', at: '2026-01-02T11:30:00Z', text: 'Hello' }, { author: 'Ada', at: '2026-01-02T12:00:00Z', text: 'Hi' }];

  it('runs through lists and tells times as the reader does', () => {
    expect(textOf('{% for m in messages %}\n**{{ m.author }}** · {{ m.at | datetime }}\n\n> {{ m.text | formatted }}\n\n{% endfor %}', { messages }))
      .toBe('Bea · 2 Jan 2026, 12:30\n\n> Hello\n\nAda · 2 Jan 2026, 13:00\n\n> Hi');
    expect(textOf('{{ at | date }} {{ at | time }} {{ name | date }}', { at: messages[0]?.at, name: 'no time' })).toBe('2 Jan 2026 12:30 no time');
  });

  it('makes a button of a link alone, and a code stand out', () => {
    expect(bodyOf('[Answer]({{ url }})', { url: 'https://desk.test/a' })).toMatch(/^<table role="presentation"[^>]*class="pb-button"><tr><td bgcolor="#06548c"><a href="https:\/\/desk\.test\/a" [^>]*>Answer<\/a><\/td><\/tr><\/table>$/);
    expect(textOf('[Answer]({{ url }})\n\n`{{ code }}`', { url: 'https://desk.test/a', code: '482 913' })).toBe('Answer: https://desk.test/a\n\n482 913');
    expect(bodyOf('https://desk.test/a')).toMatch(/^<p><a href/);
  });

  it('has no HTML and no pictures', () => {
    expect(bodyOf('<b>x</b> <script>1</script> ![](https://evil.test/p.png)')).toMatch(/^<p>&lt;b&gt;x&lt;\/b&gt; &lt;script&gt;1&lt;\/script&gt; !<a href/);
    expect(bodyOf('<div>\n\n[x](data:text/html,1) [y](vbscript:x) [z](JaVaScRiPt:1)')).not.toMatch(/<div|data:text|vbscript|javascript/i);
  });

  it('reads well as plain text', () => {
    expect(textOf('# Hello\n\nA *soft* **word**,\nnext line.\n\n1. one\n2. two\n   more\n\n- [a](https://a.test)\n- b\n\n---\n\nmail ada@example.org or https://x.test')).toBe(
      `Hello\n\nA soft word,\nnext line.\n\n1. one\n2. two\n   more\n\n- a: https://a.test/\n- b\n\n${'-'.repeat(40)}\n\nmail ada@example.org or https://x.test`);
    expect(render('x').text).toMatch(/\n\n-- \nBecause you asked\.\nUnsubscribe: https:\/\/desk\.test\/u\?a=1&b=2\n$/);
  });

  it('is told where it is wrong', () => {
    expect(problemOf('a\nb {% if x %}')).toMatchObject({ field: 'body', code: 'template_syntax', line: 2 });
    expect(problemOf('a', '{{ x')).toMatchObject({ field: 'subject', code: 'template_syntax', line: 1 });
    for (const body of ['{% include "x" %}', '{% render "x" %}', '{% layout "x" %}', '{{ x | raw }}', '{{ x | no_such }}', '{% liquid echo 1 %}', '{% capture x %}{% endcapture %}']) {
      expect(problemOf(`\n\n${body}`)).toMatchObject({ code: 'template_syntax', line: 3 });
    }
  });

  it.each([
    '{% for i in (1..1000000000) %}{% endfor %}', '{% for i in (1..100000) %}{{ i }} and a long line of text{% endfor %}',
    '{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}{% endfor %}{% endfor %}{% endfor %}',
    '{% assign a = "xxxxxxxxxx" %}{% for i in (1..100) %}{% assign a = a | append: a %}{% endfor %}', 'x'.repeat(60_001),
  ])('without an end is stopped: %#', (body) => {
    expect(problemOf(body)).toMatchObject({ code: 'template_limit' });
  });
});

describe('the page of a mail', () => {
  it('says its language and direction, and loads nothing', () => {
    const { html } = renderMail({ subject: '<a>', body: 'x' }, {}, { ...frame, direction: 'rtl', locale: 'ar', name: '<i>Acme</i>' }, reader);
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('&lt;i&gt;Acme&lt;/i&gt;');
    expect(html).toContain('<title>&lt;a&gt;</title>');
    expect(html).toContain('align="right"');
    expect(html).not.toMatch(/<(?:script|img|link|iframe|form)|url\(|@import/);
    expect(html).toContain('href="https://desk.test/u?a=1&amp;b=2"');
  });
});
