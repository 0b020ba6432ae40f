import { mark, runsOf } from './marked-text.ts';
import type { MarkedText, Range, Run } from './marked-text.ts';

const tagsOf = (marks: number): string[] => [
  ...(marks & mark.bold ? ['strong'] : []), ...(marks & mark.italic ? ['em'] : []), ...(marks & mark.code ? ['code'] : []),
];

function build({ text, marks }: Run): Node {
  return tagsOf(marks).reduceRight<Node>((inner, tag) => {
    const element = document.createElement(tag);
    element.append(inner);
    return element;
  }, document.createTextNode(text));
}

/** The one text inside of a node that `build` made, and the tags around it; null for anything else. */
function read(node: ChildNode): { tags: string; text: Text } | null {
  const tags: string[] = [];
  let inner: ChildNode = node;
  while (inner instanceof HTMLElement) {
    const { firstChild } = inner;
    if (!firstChild || firstChild !== inner.lastChild) return null;
    tags.push(inner.localName);
    inner = firstChild;
  }
  return inner instanceof Text ? { tags: tags.join(), text: inner } : null;
}

/** A line that is empty at the end needs something to stand in. */
const needsEnd = (text: string): boolean => text.endsWith('\n');

/** Draws the text. Nodes that are right stay, so that spell checking and screen readers are not disturbed. */
export function draw(root: HTMLElement, content: MarkedText): void {
  const runs = runsOf(content);
  const end = needsEnd(content.text) ? 1 : 0;
  runs.forEach((run, index) => {
    const present = root.childNodes[index];
    const known = present && read(present);
    if (!known || known.tags !== tagsOf(run.marks).join()) {
      if (present) present.replaceWith(build(run));
      else root.append(build(run));
    } else if (known.text.data !== run.text) known.text.data = run.text;
  });
  while (root.childNodes.length > runs.length + end) root.lastChild?.remove();
  if (end && !(root.lastChild instanceof HTMLBRElement)) root.append(document.createElement('br'));
}

export const textIn = (root: HTMLElement): string => root.textContent ?? '';

/** Characters before a place in the drawn text. */
export function offsetOf(root: HTMLElement, node: Node, offset: number): number {
  if (!root.contains(node)) return textIn(root).length;
  const range = document.createRange();
  range.setStart(root, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function placeOf(root: HTMLElement, offset: number): [Node, number] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node as Text;
    if (left < length || (left === length && !needsEnd((node as Text).data))) return [node, left];
    left -= length;
  }
  return [root, root.lastChild instanceof HTMLBRElement ? root.childNodes.length - 1 : root.childNodes.length];
}

export function selectionIn(root: HTMLElement): Range | null {
  const selection = document.getSelection();
  if (!selection?.anchorNode || !root.contains(selection.anchorNode) || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  return { start: offsetOf(root, range.startContainer, range.startOffset), end: offsetOf(root, range.endContainer, range.endOffset) };
}

export function select(root: HTMLElement, { start, end }: Range): void {
  const [startNode, startOffset] = placeOf(root, start);
  const [endNode, endOffset] = start === end ? [startNode, startOffset] : placeOf(root, end);
  document.getSelection()?.setBaseAndExtent(startNode, startOffset, endNode, endOffset);
}
