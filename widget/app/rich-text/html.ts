import { safeHref } from './markdown.ts';
import type { RichNode, RichTag } from './markdown.ts';

const tags: Record<string, RichTag> = {
  STRONG: 'strong', B: 'strong', EM: 'em', I: 'em', CODE: 'code', A: 'a', P: 'p', DIV: 'p', BR: 'br',
  UL: 'ul', OL: 'ol', LI: 'li', PRE: 'pre', BLOCKQUOTE: 'blockquote',
};
const dropped = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'NOSCRIPT', 'SVG', 'MATH']);
const deepest = 12;

function convert(node: Node, depth: number): RichNode[] {
  if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? ''];
  if (!(node instanceof Element) || dropped.has(node.nodeName.toUpperCase())) return [];
  if (depth > deepest) return [node.textContent ?? ''];
  const children = [...node.childNodes].flatMap((child) => convert(child, depth + 1));
  const tag = Object.hasOwn(tags, node.nodeName) ? tags[node.nodeName] : undefined;
  if (!tag) return children;
  if (tag !== 'a') return [{ tag, children }];
  const href = safeHref(node.getAttribute('href') ?? '');
  return href ? [{ tag, href, children }] : children;
}

/**
 * The server's sanitised HTML as nodes of our own. It is parsed into a document that runs and loads nothing, and only
 * the tags above come out of it: HTML itself never reaches the page.
 */
export function parseHtml(html: string): RichNode[] {
  return [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].flatMap((node) => convert(node, 0));
}
