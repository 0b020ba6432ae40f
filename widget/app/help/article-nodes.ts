import { h } from 'vue';
import type { VNodeChild } from 'vue';

const tags = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'strong', 'b', 'em', 'i', 's', 'del', 'code', 'pre', 'br', 'hr', 'ul', 'ol', 'li', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'a', 'img', 'div', 'aside', 'section', 'span', 'sub', 'sup', 'kbd']);
const dropped = new Set(['script', 'style', 'template', 'iframe', 'object', 'noscript', 'svg', 'math', 'form', 'button', 'input']);
const deepest = 30;

/** An address that a reader may follow: of the web, by mail or telephone, never one that runs something. */
function linkOf(value: string | null, base: string): string | null {
  if (value === null || !URL.canParse(value, base)) return null;
  const url = new URL(value, base);
  return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : null;
}

function attributesOf(element: Element, tag: string, base: string): Record<string, string> | null {
  if (tag === 'a') {
    const href = linkOf(element.getAttribute('href'), base);
    return href ? { href, target: '_blank', rel: 'noopener noreferrer nofollow' } : {};
  }
  if (tag === 'img') {
    const src = linkOf(element.getAttribute('src'), base);
    return src?.startsWith('http') ? { src, alt: element.getAttribute('alt') ?? '', loading: 'lazy' } : null;
  }
  const side = element.getAttribute('colspan');
  return (tag === 'td' || tag === 'th') && side && /^\d{1,2}$/.test(side) ? { colspan: side } : {};
}

function draw(node: Node, base: string, depth: number): VNodeChild[] {
  if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? ''];
  if (!(node instanceof Element)) return [];
  const name = node.nodeName.toLowerCase();
  if (dropped.has(name)) return [];
  if (depth > deepest) return [node.textContent ?? ''];
  const children = [...node.childNodes].flatMap((child) => draw(child, base, depth + 1));
  if (!tags.has(name)) return children;
  const attributes = attributesOf(node, name, base);
  // The screen has its own title: the text begins below it.
  if (attributes === null) return [];
  // What is wider than the screen is scrolled, by keyboard too.
  if (name === 'table') return [h('div', { class: 'wide', tabindex: 0 }, [h('table', children)])];
  return [h(name === 'h1' ? 'h2' : name, name === 'pre' ? { tabindex: 0 } : attributes, children)];
}

/**
 * The sanitised HTML of an article as nodes of our own: it is parsed into a document that runs and loads nothing, and only the
 * tags and attributes above come out of it.
 */
export const articleNodes = (html: string, base: string): VNodeChild[] =>
  [...new DOMParser().parseFromString(html, 'text/html').body.childNodes].flatMap((node) => draw(node, base, 0));
