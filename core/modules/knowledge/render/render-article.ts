import type { Token } from 'markdown-it';
import { sanitizeHtml, type HtmlRules } from '../../../kernel/html/sanitize-html.ts';
import { renderTokens, tokensOf, wordsOf } from './markdown.ts';

export interface RenderOptions {
  /** Where the desk is; links that lead elsewhere are marked. */
  publicUrl: string;
  /** Address of one of the article's own files, or null where it has no such file. */
  fileAddress(id: string): string | null;
  /** The name of a kind of box. */
  calloutTitle(kind: string): string;
}
export interface Heading { id: string; text: string; level: number }
export interface RenderedArticle { html: string; headings: Heading[] }

export const fileLink = /^(?:https?:\/\/[^/?#]+)?\/api\/v1\/article-files\/([a-z2-7]{26})(?:[?#].*)?$/;

const tags = ['p', 'br', 'strong', 'em', 's', 'code', 'pre', 'a', 'img', 'ul', 'ol', 'li', 'blockquote', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'div', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];
const attributes = {
  a: ['href', 'rel', 'target'], img: ['src', 'alt', 'title', 'loading'], ol: ['start'], div: ['class', 'role'], p: ['class'], code: ['class'], th: ['class'], td: ['class'],
  h2: ['id'], h3: ['id'], h4: ['id'], h5: ['id'], h6: ['id'],
};
const classes = {
  div: ['table', 'callout', 'callout-note', 'callout-tip', 'callout-important', 'callout-warning', 'callout-caution'], p: ['callout-title'], code: ['language-*'],
  th: ['align-left', 'align-center', 'align-right'], td: ['align-left', 'align-center', 'align-right'],
};

/** Markdown of an article as its readers see it. The page's own heading is the title, so headings begin at the second level. */
export function renderArticle(source: string, options: RenderOptions): RenderedArticle {
  const tokens = tokensOf(source);
  const headings = nameHeadings(tokens);
  const html = renderTokens(entitle(tokens, options));
  return { html: sanitizeHtml(html, rulesOf(options)).trim(), headings };
}

function rulesOf(options: RenderOptions): HtmlRules {
  const own = new URL(options.publicUrl).host;
  return {
    tags, attributes, classes,
    link(href): Record<string, string> | null {
      const file = fileLink.exec(href)?.[1];
      if (file) {
        const address = options.fileAddress(file);
        return address === null ? null : { href: address };
      }
      if (/^(#|\/(?![/\\]))/.test(href)) return { href };
      if (/^(mailto|tel):/i.test(href)) return { href };
      if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return null;
      const url = new URL(href);
      return url.host === own ? { href: url.href } : { href: url.href, rel: 'noopener nofollow', target: '_blank' };
    },
    picture(src) {
      const file = fileLink.exec(src)?.[1];
      const address = file ? options.fileAddress(file) : /^https:\/\//i.test(src) && URL.canParse(src) ? new URL(src).href : null;
      return address === null ? null : { src: address, loading: 'lazy' };
    },
  };
}

/** `# Title` becomes `<h2 id="h-title">`; a second one of the same name gets a number. */
function nameHeadings(tokens: readonly Token[]): Heading[] {
  const used = new Map<string, number>();
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const level = Math.min(6, Number(token.tag.slice(1)) + 1);
    const text = wordsOf(tokens[index + 1]);
    const base = `h-${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'section'}`;
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    const id = count === 1 ? base : `${base}-${count}`;
    token.attrSet('id', id);
    token.tag = `h${level}`;
    // A heading is three tokens: its beginning, its words and its end.
    const close = tokens[index + 2];
    if (close) close.tag = token.tag;
    return [{ id, text, level }];
  });
}

/** Boxes get their heading, cells a class where Markdown writes a style. */
function entitle(tokens: Token[], options: RenderOptions): Token[] {
  const out: Token[] = [];
  for (const token of tokens) {
    const style = token.attrGet('style');
    if (style !== null) {
      token.attrs = token.attrs?.filter(([name]) => name !== 'style') ?? null;
      const side = /(left|center|right)/.exec(String(style))?.[1];
      if (side) token.attrSet('class', `align-${side}`);
    }
    out.push(token);
    const meta = token.meta as { kind?: string; title?: string } | null;
    if (token.type === 'blockquote_open' && meta?.kind) out.push(...titleTokens(token, meta.title || options.calloutTitle(meta.kind)));
  }
  return out;
}

function titleTokens(like: Token, text: string): Token[] {
  const make = like.constructor as new (type: string, tag: string, nesting: -1 | 0 | 1) => Token;
  const [open, words, close] = [new make('paragraph_open', 'p', 1), new make('text', '', 0), new make('paragraph_close', 'p', -1)];
  close.block = true;
  open.attrSet('class', 'callout-title');
  words.content = text;
  return [open, words, close];
}
