/** A text with what is selected in it. */
export interface Selected { text: string; start: number; end: number }
export type LineMark = 'heading' | 'bullet' | 'number' | 'quote';

const lineOf: Record<LineMark, { test: RegExp; mark: (index: number) => string }> = {
  heading: { test: /^#{1,6} /, mark: () => '# ' },
  bullet: { test: /^[-*+] /, mark: () => '- ' },
  number: { test: /^\d+[.)] /, mark: (index) => `${index + 1}. ` },
  quote: { test: /^> ?/, mark: () => '> ' },
};
const anyListMark = /^(?:[-*+] |\d+[.)] |#{1,6} |> ?)/;

/** Whole lines that the selection touches. */
function linesOf({ text, start, end }: Selected): { from: number; to: number; lines: string[] } {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end;
  const next = text.indexOf('\n', last);
  const to = next === -1 ? text.length : next;
  return { from, to, lines: text.slice(from, to).split('\n') };
}

/** Makes headings, list items or quotes of the selected lines; takes the mark away where all have it. A heading goes to the next level and then off; the first one stands right below the title. */
export function toggleLines(selected: Selected, kind: LineMark): Selected {
  const { from, to, lines } = linesOf(selected);
  const { test, mark } = lineOf[kind];
  const written = lines.filter((line) => line.trim() !== '');
  const isOn = written.length > 0 && written.every((line) => test.test(line));
  const isFirst = kind === 'heading' && isOn && written.every((line) => line.startsWith('# '));
  let index = 0;
  const next = lines.map((line) => {
    if (line.trim() === '' && lines.length > 1) return line;
    if (isFirst) return `#${line}`;
    if (isOn) return line.replace(test, '');
    return mark(index++) + line.replace(anyListMark, '');
  });
  const piece = next.join('\n');
  const text = selected.text.slice(0, from) + piece + selected.text.slice(to);
  if (lines.length > 1 || selected.end > to) return { text, start: from, end: from + piece.length };
  const shift = piece.length - (to - from);
  return { text, start: Math.max(from, selected.start + shift), end: Math.max(from, selected.end + shift) };
}

/** `[words](address)`, with the part selected that is still to be written. */
export function insertLink({ text, start, end }: Selected, words: string): Selected {
  const chosen = text.slice(start, end);
  const isAddress = /^(https?:\/\/|mailto:|\/)\S+$/.test(chosen);
  const label = isAddress ? words : chosen || words;
  const target = isAddress ? chosen : 'https://';
  const piece = `[${label}](${target})`;
  const at = isAddress ? start + 1 : start + label.length + 3;
  return { text: text.slice(0, start) + piece + text.slice(end), start: at, end: at + (isAddress ? label.length : target.length) };
}

/** Puts a block on lines of its own, an empty one before and after it. `choose` is what is selected then. */
export function insertBlock({ text, start, end }: Selected, block: string, choose?: string): Selected {
  const before = text.slice(0, start).replace(/[ \t]+$/, '');
  const after = text.slice(end).replace(/^[ \t]+/, '');
  const lead = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const trail = after === '' ? '\n' : after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n';
  const from = before.length + lead.length;
  const at = choose ? block.indexOf(choose) : -1;
  const caret = at === -1 ? from + block.length : from + at;
  return { text: before + lead + block + trail + after, start: caret, end: at === -1 ? caret : caret + choose!.length };
}

/** A fenced block around the selected lines, or marks around a word of one line. */
export function toggleCode(selected: Selected): Selected {
  const { text, start, end } = selected;
  const chosen = text.slice(start, end);
  if (chosen !== '' && !chosen.includes('\n')) {
    const isOn = text[start - 1] === '`' && text[end] === '`';
    if (isOn) return { text: text.slice(0, start - 1) + chosen + text.slice(end + 1), start: start - 1, end: end - 1 };
    return { text: `${text.slice(0, start)}\`${chosen}\`${text.slice(end)}`, start: start + 1, end: end + 1 };
  }
  const next = insertBlock(selected, `\`\`\`\n${chosen.replace(/\n$/, '')}\n\`\`\``);
  const at = next.end - 4;
  return { text: next.text, start: chosen === '' ? at : at - chosen.replace(/\n$/, '').length, end: at };
}

/** Enter within a list or quote: the next item, or the end of the list where the item is empty. Null where Enter is just Enter. */
export function continueLine({ text, start, end }: Selected): Selected | null {
  if (start !== end) return null;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(from, start);
  const found = /^(\s*)([-*+]|(\d+)([.)])|>)( +)(\[[ xX]\] )?(.*)$/.exec(line);
  if (!found) return null;
  const [, indent = '', mark = '', number, dot = '', space = ' ', task, rest = ''] = found;
  if (rest.trim() === '') return { text: text.slice(0, from) + text.slice(start), start: from, end: from };
  const piece = `\n${indent}${number ? `${Number(number) + 1}${dot}` : mark}${space}${task ? '[ ] ' : ''}`;
  return { text: text.slice(0, start) + piece + text.slice(end), start: start + piece.length, end: start + piece.length };
}

/** Two spaces further in, or back out, for each selected line. */
export function indentLines(selected: Selected, by: 1 | -1): Selected {
  const { from, to, lines } = linesOf(selected);
  const next = lines.map((line) => (by === 1 ? `  ${line}` : line.replace(/^ {1,2}/, '')));
  const first = next[0]!.length - lines[0]!.length;
  const piece = next.join('\n');
  return { text: selected.text.slice(0, from) + piece + selected.text.slice(to), start: Math.max(from, selected.start + first), end: Math.max(from, selected.end + piece.length - (to - from)) };
}
