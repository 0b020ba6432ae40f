import fc from 'fast-check';
import sanitize from 'sanitize-html';
import { describe, expect, it } from 'vitest';
import { plainOf, renderText, snippetOf } from './render-text.ts';

const allowed = { allowedTags: ['p', 'br', 'strong', 'em', 'code', 'pre', 'a'], allowedAttributes: { a: ['href', 'target', 'rel'] }, allowedSchemes: ['http', 'https', 'mailto'] };
const link = (href: string, label: string) => `<a href="${href}" target="_blank" rel="noopener noreferrer nofollow">${label}</a>`;

describe('renderText', () => {
  it.each([
    ['**bold** and *italic* and _italic_', '<p><strong>bold</strong> and <em>italic</em> and <em>italic</em></p>'],
    ['`a < b`', '<p><code>a &lt; b</code></p>'],
    ['one\ntwo\n\nthree', '<p>one<br>two</p><p>three</p>'],
    ['```js\n<b>**x**\n```\nafter', '<pre><code>&lt;b&gt;**x**</code></pre><p>after</p>'],
    ['```\nnever closed', '<pre><code>never closed</code></pre>'],
    ['see https://example.com/a?b=1&c=2.', `<p>see ${link('https://example.com/a?b=1&amp;c=2', 'https://example.com/a?b=1&amp;c=2')}.</p>`],
    ['[site](https://example.com)', `<p>${link('https://example.com/', 'site')}</p>`],
    ['[write](mailto:ada@example.com)', `<p>${link('mailto:ada@example.com', 'write')}</p>`],
    [`say "it's"`, '<p>say &quot;it&#39;s&quot;</p>'],
    ['snake_case_name and 2*3*4', '<p>snake_case_name and 2*3*4</p>'],
    ['**bold _both_**', '<p><strong>bold <em>both</em></strong></p>'],
    ['*\u2060*\u2060not bold*\u2060*\u2060 `\u2060code`\u2060 [\u2060x](https://a.example/)', `<p>**not bold** \`code\` [x](${link('https://a.example/', 'https://a.example/')})</p>`],
    ['mid\u2063*dle*\u2063word **a*\u2060b** `a`\u2060b`', '<p>mid<em>dle</em>word <strong>a*b</strong> <code>a`b</code></p>'],
    ['', ''],
  ])('%j', (text, html) => expect(renderText(text)).toBe(html));

  it.each([
    '[x](javascript:alert(1))', '[x](JaVaScRiPt:alert)', '[x](java\tscript:alert)', '[x](&#106;avascript:alert)', '[x](javascript&colon;alert)',
    '[x](data:text/html;base64,PHN2Zz4=)', '[x](vbscript:x)', '[x](//evil.example)', '[x](\u0001javascript:alert)', '[x](file:///etc/passwd)', '![x](https://evil.example/?d=1)',
  ])('makes no dangerous link and no picture of %j', (text) => {
    expect(renderText(text)).not.toMatch(/<img|href="(?!https:\/\/evil\.example\/\?d=1)/);
  });

  it.each(['<img src=x onerror=alert(1)>', '<svg><animate onbegin=alert(1)>', 'https://a.example/"onmouseover="x', "https://a.example/'x='", '[a"b](https://a.example/"x)', '<b>'.repeat(3_000), '{{constructor.constructor}} ${7*7} <%= 7 %>'])(
    'brings no tag of its own from %j', (text) => {
      const html = renderText(text);
      expect(sanitize(html, allowed).replaceAll('<br />', '<br>').replaceAll('&quot;', '"').replaceAll('&#39;', "'")).toBe(html.replaceAll('&quot;', '"').replaceAll('&#39;', "'"));
    });

  it('escapes whatever it is given', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('*', '**', '_', '`', '```', '\n', '[', '](', ')', 'https://e.x/', '<', '>', '"', "'", '&', 'javascript:', 'mailto:', 'a', ' ')).map((parts) => parts.join('')), (text) => {
      const html = renderText(text);
      const tags = html.match(/<[^>]*>/g) ?? [];
      for (const tag of tags) expect(tag).toMatch(/^<(\/?(p|strong|em|code|pre|a)|br|a href="(https?:\/\/|mailto:)[^"<>]*" target="_blank" rel="noopener noreferrer nofollow")>$/);
      expect(html.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/);
    }), { numRuns: 2_000 });
  });

  it.each(['*', '**', '_', '[', '](', '`', 'a@', '[a](', '**a*', 'https://', '![', '*a ', '_a ', '<', '``` ', '*\u2060', '**a*\u2060', '_a_\u2060', '`\u2060a`'])('takes time in line with the length for 100 000 × %j', (piece) => {
    const text = piece.repeat(100_000);
    renderText(piece.repeat(1_000));
    const began = performance.now();
    renderText(text);
    snippetOf(text);
    const long = performance.now() - began;
    expect(long).toBeLessThan(2_000);
  });
});

describe('snippetOf', () => {
  it('keeps what was meant literally', () => {
    expect(plainOf('2*\u20603*\u20604 [\u2060x]\u2060 a\u2063b 👩\u200d💻')).toBe('2*3*4 [x] ab 👩\u200d💻');
    expect(snippetOf('**a** *\u2060*\u2060b*\u2060*\u2060 _\u2060c_\u2060')).toBe('a **b** _c_');
  });

  it('leaves the words and cuts between characters', () => {
    expect(snippetOf('**Hello** `you`,\n[here](https://a.example) is *it*')).toBe('Hello you, here is it');
    expect([...snippetOf('\u{1f600}'.repeat(300))]).toHaveLength(160);
  });
});
