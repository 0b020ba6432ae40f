import { h } from 'vue';
import type { FunctionalComponent, VNodeChild } from 'vue';
import { parseHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';
import type { RichNode } from './markdown.ts';

const draw = (node: RichNode): VNodeChild => (typeof node === 'string' ? node
  : h(node.tag, node.tag === 'a' ? { href: node.href, target: '_blank', rel: 'noopener noreferrer nofollow' } : null, node.children.map(draw)));

/** Text of a message. Links open in a new tab and tell nothing of this page. */
export const RichText: FunctionalComponent<{ html?: string; text?: string }> = ({ html, text }) =>
  h('div', { class: 'rich', dir: 'auto' }, (html ? parseHtml(html) : parseMarkdown(text ?? '')).map(draw));
RichText.props = ['html', 'text'];
