import { describe, expect, it } from 'vitest';
import { excerptOf, plainTextOf } from './plain-text.ts';
import { renderArticle } from './render-article.ts';

const own = 'a'.repeat(26);
const foreign = 'b'.repeat(26);
const options = {
  publicUrl: 'https://desk.example', calloutTitle: (kind: string) => `<${kind}>`,
  fileAddress: (id: string) => (id === own ? `/api/v1/article-files/${id}?proof=1.x` : null),
};
const html = (source: string): string => renderArticle(source, options).html;

describe('an article for its readers', () => {
  it.each([
    ['# One *two*', '<h2 id="h-one-two">One <em>two</em></h2>'],
    ['###### Six', '<h6 id="h-six">Six</h6>'],
    ['## الإرجاع', '<h3 id="h-الإرجاع">الإرجاع</h3>'],
    ['**b** ~~s~~ `a<b`', '<p><strong>b</strong> <s>s</s> <code>a&lt;b</code></p>'],
    ['3. x\n4. y', '<ol start="3">\n<li>x</li>\n<li>y</li>\n</ol>'],
    ['```js\n<b>\n```', '<pre><code class="language-js">&lt;b&gt;\n</code></pre>'],
    ['> [!note]\n> Words', '<div class="callout callout-note" role="note">\n<p class="callout-title">&lt;note&gt;</p>\n<p>Words</p>\n</div>'],
    ['> [!WARNING] Take **care**\n> Words', '<div class="callout callout-warning" role="note">\n<p class="callout-title">Take care</p>\n<p>Words</p>\n</div>'],
    ['> [!nothing]\n> Words', '<blockquote>\n<p>[!nothing]\nWords</p>\n</blockquote>'],
    ['|a|\n|:-:|\n|1|', '<div class="table"><table>\n<thead>\n<tr>\n<th class="align-center">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class="align-center">1</td>\n</tr>\n</tbody>\n</table></div>'],
    ['[x](https://other.example/a?b=1&c)', '<p><a href="https://other.example/a?b=1&amp;c" rel="noopener nofollow" target="_blank">x</a></p>'],
    ['[x](https://desk.example/portal/a)', '<p><a href="https://desk.example/portal/a">x</a></p>'],
    ['[x](/portal/a) [y](#h-one) [z](mailto:a@b.example)', '<p><a href="/portal/a">x</a> <a href="#h-one">y</a> <a href="mailto:a@b.example">z</a></p>'],
    [`![p](/api/v1/article-files/${own})`, `<p><img alt="p" src="/api/v1/article-files/${own}?proof=1.x" loading="lazy" /></p>`],
    [`![p](https://desk.example/api/v1/article-files/${own}?x=1)`, `<p><img alt="p" src="/api/v1/article-files/${own}?proof=1.x" loading="lazy" /></p>`],
    ['![p](https://pictures.example/a.png "T")', '<p><img alt="p" title="T" src="https://pictures.example/a.png" loading="lazy" /></p>'],
  ])('%j', (source, expected) => expect(html(source)).toBe(expected));

  it('names headings once each', () => {
    expect(renderArticle('# A\n\n## A\n\n# !!', options).headings).toEqual([{ id: 'h-a', text: 'A', level: 2 }, { id: 'h-a-2', text: 'A', level: 3 }, { id: 'h-section', text: '!!', level: 2 }]);
  });

  it.each([
    '<img src=x onerror=alert(1)>', '<svg><animate onbegin=alert(1)>', '<script>alert(1)</script>', '<style>@import "//evil.example"</style>', '<iframe src=//evil.example>', '<a href="javascript:alert(1)">x</a>',
    '<form action=//evil.example><base href=//evil.example><meta http-equiv=refresh content=0>', '<!-- <img src=x onerror=alert(1)> -->', '[x](javascript:alert(1))', '[x](JaVaScRiPt:alert(1))', '[x](java\tscript:alert(1))',
    '[x](&#106;avascript:alert(1))', '[x](javascript&colon;alert(1))', '[x](\u0001javascript:alert(1))', '[x](data:text/html;base64,PHN2Zz4=)', '[x](vbscript:x)', '[x](//evil.example)', '[x](/\\evil.example)', '[x](\\\\evil.example)', '[x](file:///etc/passwd)',
    '<javascript:alert(1)>', '![x](javascript:alert(1))', '![x](http://evil.example/a.png)', '![x](//evil.example/a.png)', '![x](data:image/svg+xml,<svg onload=alert(1)>)', `![x](/api/v1/article-files/${foreign})`, `[x](/api/v1/article-files/${foreign})`,
    '![x](/api/v1/session)', '[x]: javascript:alert(1)\n\n[x]', '[x](https://a.example/"onmouseover="alert(1))', '![x" onerror="alert(1)](https://a.example/)', '[x](https://a.example/ "\\" onmouseover=\\"alert(1)")', '```"><img src=x onerror=alert(1)>\nx\n```',
    '# x" onclick="alert(1)', '> [!note] <img src=x onerror=alert(1)>', '{{constructor.constructor("alert(1)")()}} ${7*7} <%= 7 %>',
  ])('brings nothing dangerous out of %j', (source) => {
    const found = html(source);
    for (const tag of found.match(/<[^>]*>/g) ?? []) {
      expect(tag).toMatch(/^<\/?(p|a|img|h2|h3|pre|code|div|blockquote|strong|em|br)\b/);
      for (const [, name, value] of tag.matchAll(/ ([a-z-]+)="([^"]*)"/g)) {
        expect(['href', 'src', 'rel', 'target', 'alt', 'title', 'loading', 'class', 'id', 'role']).toContain(name);
        if (name === 'href' || name === 'src') expect(value).toMatch(/^(https:\/\/a\.example\/|\/%5Cevil\.example$)/);
      }
      expect(tag.replace(/"[^"]*"/g, '')).not.toMatch(/on\w+=/);
    }
    expect(found).not.toContain(`article-files/${foreign}`);
  });

  it('is answered soon, whatever is in it', () => {
    html('warm');
    for (const source of ['*'.repeat(100_000), '> '.repeat(3_000) + 'x', '- '.repeat(3_000), '['.repeat(100_000), '<div>'.repeat(3_000), '[a]('.repeat(25_000)]) expect(html(source).length).toBeLessThan(1_000_000);
  });

  it('is words alone for a list', () => {
    const source = '# Title\n\nSend it **back** within [30 days](https://x.example).\n\n```\ncode\n```\n\n|a|b|\n|-|-|\n|1|2|';
    expect(plainTextOf(source)).toBe('Title\nSend it back within 30 days.\ncode\na\nb\n1\n2');
    expect(excerptOf(source)).toBe('Send it back within 30 days.');
    expect(excerptOf('word '.repeat(100), 23)).toBe('word word word word…');
    expect(excerptOf('# Only a heading')).toBe('Only a heading');
  });
});
