import { h, type FunctionalComponent, type VNodeChild } from 'vue';

const marks = /\*\*(\S(?:[^*]*\S)?)\*\*|`([^`\n]+)`|(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/g;

/** What an assistant wrote, with its bold, slanted and code words as they will look; everything else as it stands. */
export const MarkedText: FunctionalComponent<{ text: string }> = ({ text }) => {
  const parts: VNodeChild[] = [];
  let at = 0;
  for (const found of text.matchAll(marks)) {
    const [whole, bold, code, slanted] = found;
    parts.push(text.slice(at, found.index), bold !== undefined ? h('strong', bold) : code !== undefined ? h('code', code) : h('em', slanted));
    at = found.index + whole.length;
  }
  return [...parts, text.slice(at)];
};
MarkedText.props = ['text'];
