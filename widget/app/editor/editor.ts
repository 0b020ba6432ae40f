import { draw, offsetOf, select, selectionIn, textIn } from './editor-dom.ts';
import { History } from './history.ts';
import { emptyText, fromRuns, mark, marksAt, marksOf, replace, shortcut, toggle, toggled } from './marked-text.ts';
import type { MarkedText, MarkName, Range } from './marked-text.ts';
import { cleanTransfer } from './paste.ts';

export interface EditorOptions {
  onChange(content: MarkedText): void;
  onMarks(marks: number): void;
  onFiles(files: FileList): void;
  /** Something happened that must not: the text so far. */
  onFailure(content: MarkedText): void;
}

const keyMarks: Record<string, MarkName> = { b: 'bold', i: 'italic', e: 'code' };
const formats: Record<string, MarkName> = { formatBold: 'bold', formatItalic: 'italic' };

/**
 * A text box with bold, italic and code. What is written lives in a `MarkedText`; the browser's changes are taken as wishes and
 * drawn by us. Only while a text is composed (IME, phone keyboards) the browser writes itself, and is read afterwards.
 */
export class Editor {
  readonly #root: HTMLElement;
  readonly #options: EditorOptions;
  readonly #history = new History();
  #content: MarkedText = emptyText;
  #range: Range = { start: 0, end: 0 };
  /** Marks for what is typed next, when they were chosen without a selection. */
  #typing: number | null = null;
  #isComposing = false;
  /** The last change was typed by hand: pasted signs stay signs. */
  #hasTyped = false;

  static isSupported(): boolean {
    return 'getTargetRanges' in InputEvent.prototype && 'onbeforeinput' in document.documentElement;
  }

  constructor(root: HTMLElement, options: EditorOptions) {
    this.#root = root;
    this.#options = options;
    root.addEventListener('beforeinput', (event) => this.#safely(() => this.#wished(event)));
    root.addEventListener('input', () => this.#safely(() => this.#written()));
    root.addEventListener('compositionstart', () => { this.#isComposing = true; });
    root.addEventListener('compositionend', () => this.#safely(() => this.#composed()));
    root.addEventListener('paste', (event) => this.#safely(() => this.#pasted(event)));
    root.addEventListener('keydown', (event) => this.#safely(() => this.#pressed(event)));
    document.addEventListener('selectionchange', this.#selected);
  }

  get content(): MarkedText {
    return this.#content;
  }

  set content(content: MarkedText) {
    this.#history.clear();
    this.#content = content;
    this.#range = { start: content.text.length, end: content.text.length };
    this.#typing = null;
    this.#draw();
    this.#options.onChange(content);
  }

  destroy(): void {
    document.removeEventListener('selectionchange', this.#selected);
  }

  focus(): void {
    this.#root.focus({ preventScroll: true });
    select(this.#root, this.#range);
  }

  /** Puts text where the caret is, or where it was last. */
  insert(text: string): void {
    this.focus();
    this.#put(this.#range, this.#plain(text), '');
  }

  toggle(name: MarkName): void {
    // Keys may be faster than the browser's word of what is selected now.
    this.#selected();
    this.focus();
    if (this.#range.start === this.#range.end) {
      this.#typing = toggled(this.#typing ?? marksAt(this.#content, this.#range.start), name);
      this.#options.onMarks(this.#typing);
      return;
    }
    this.#change(toggle(this.#content, this.#range, name), this.#range, '');
  }

  /** What was typed last is all of it: signs that wait for what follows become marks. */
  finish(): void {
    if (this.#hasTyped) this.#expand(true);
  }

  undo(isForward = false): void {
    const present = { content: this.#content, range: this.#range };
    const moment = isForward ? this.#history.redo(present) : this.#history.undo(present);
    if (!moment) return;
    this.#hasTyped = false;
    this.#content = moment.content;
    this.#range = moment.range;
    this.#draw();
    this.#options.onChange(this.#content);
  }

  #plain(text: string): MarkedText {
    const marks = this.#typing ?? marksAt(this.#content, this.#range.start);
    return fromRuns([{ text, marks }]);
  }

  #wished(event: InputEvent): void {
    if (this.#isComposing || event.isComposing || !event.cancelable || event.inputType === 'insertCompositionText') return;
    const { inputType } = event;
    const format = formats[inputType];
    const isInsertion = inputType.startsWith('insert');
    const isKnown = isInsertion || inputType.startsWith('delete') || inputType.startsWith('format') || inputType.startsWith('history');
    if (!isKnown) return;
    event.preventDefault();
    if (format) this.toggle(format);
    else if (inputType.startsWith('history')) this.undo(inputType === 'historyRedo');
    else if (inputType === 'insertLineBreak' || inputType === 'insertParagraph') this.#put(this.#target(event), this.#plain('\n'), '');
    else if (inputType === 'insertFromDrop' || inputType === 'insertFromPaste') this.#put(this.#target(event), cleanTransfer(event.dataTransfer), '');
    else if (isInsertion) this.#insertText(event);
    else if (inputType.startsWith('delete')) this.#put(this.#target(event), emptyText, 'delete');
  }

  #insertText(event: InputEvent): void {
    const text = event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
    const range = this.#target(event);
    this.#range = range;
    this.#put(range, this.#plain(text), text.length <= 2 && !/\s/.test(text) ? 'type' : '');
    this.#hasTyped = text.length === 1;
    if (this.#hasTyped) this.#expand();
  }

  #target(event: InputEvent): Range {
    const target = event.getTargetRanges()[0];
    if (!target) return selectionIn(this.#root) ?? this.#range;
    return { start: offsetOf(this.#root, target.startContainer, target.startOffset), end: offsetOf(this.#root, target.endContainer, target.endOffset) };
  }

  #put(range: Range, inserted: MarkedText, kind: string): void {
    if (range.start === range.end && inserted.text === '') return;
    const at = range.start + inserted.text.length;
    this.#change(replace(this.#content, range, inserted), { start: at, end: at }, kind);
  }

  /** Signs of Markdown that were just closed become the mark; one step back they are signs again. */
  #expand(isEnd = false): void {
    if (this.#range.start !== this.#range.end) return;
    const expanded = shortcut(this.#content, this.#range.start, isEnd);
    if (!expanded) return;
    this.#change(expanded.changed, { start: expanded.at, end: expanded.at }, '');
    this.#typing = 0;
    this.#options.onMarks(0);
  }

  #change(content: MarkedText, range: Range, kind: string): void {
    this.#hasTyped = false;
    this.#history.note({ content: this.#content, range: this.#range }, kind);
    this.#content = content;
    this.#range = range;
    this.#draw();
    this.#options.onChange(content);
  }

  #draw(): void {
    draw(this.#root, this.#content);
    if (document.activeElement === this.#root) {
      select(this.#root, this.#range);
      this.#showCaret();
    }
    this.#options.onMarks(this.#typing ?? marksOf(this.#content, this.#range));
  }

  #showCaret(): void {
    const rect = document.getSelection()?.getRangeAt(0).getBoundingClientRect();
    const box = this.#root.getBoundingClientRect();
    if (rect && rect.bottom > box.bottom) this.#root.scrollTop += rect.bottom - box.bottom + 4;
    else if (rect && rect.height > 0 && rect.top < box.top) this.#root.scrollTop -= box.top - rect.top + 4;
    if (this.#range.end === this.#content.text.length) this.#root.scrollTop = this.#root.scrollHeight;
  }

  /** The browser wrote by itself: what differs is taken over, with the marks of its place. */
  #written(): void {
    const text = textIn(this.#root);
    const known = this.#content.text;
    if (text === known) return;
    let start = 0;
    while (start < known.length && start < text.length && known[start] === text[start]) start += 1;
    let rest = 0;
    while (rest < known.length - start && rest < text.length - start && known[known.length - 1 - rest] === text[text.length - 1 - rest]) rest += 1;
    const marks = this.#typing ?? marksAt(known === '' ? emptyText : this.#content, start);
    const inserted = { text: text.slice(start, text.length - rest), marks: new Array<number>(text.length - rest - start).fill(marks) };
    this.#history.note({ content: this.#content, range: this.#range }, 'type');
    this.#content = replace(this.#content, { start, end: known.length - rest }, inserted);
    const caret = selectionIn(this.#root);
    if (caret) this.#range = caret;
    if (!this.#isComposing) this.#draw();
    this.#options.onChange(this.#content);
  }

  #composed(): void {
    this.#isComposing = false;
    this.#written();
    this.#hasTyped = true;
    this.#expand();
    this.#draw();
  }

  #pasted(event: ClipboardEvent): void {
    event.preventDefault();
    const { clipboardData } = event;
    if (clipboardData?.files.length) return this.#options.onFiles(clipboardData.files);
    this.#put(selectionIn(this.#root) ?? this.#range, cleanTransfer(clipboardData), '');
  }

  #pressed(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    const name = Object.hasOwn(keyMarks, key) && !event.shiftKey ? keyMarks[key] : undefined;
    if (!name && key !== 'z' && key !== 'y') return;
    event.preventDefault();
    if (name) this.toggle(name);
    else this.undo(key === 'y' || event.shiftKey);
  }

  readonly #selected = (): void => {
    if (this.#isComposing || document.activeElement !== this.#root) return;
    const range = selectionIn(this.#root);
    if (!range || (range.start === this.#range.start && range.end === this.#range.end)) return;
    this.#range = range;
    this.#typing = null;
    this.#options.onMarks(marksOf(this.#content, range));
  };

  #safely(work: () => void): void {
    try {
      work();
    } catch {
      this.destroy();
      this.#options.onFailure(fromRuns([{ text: textIn(this.#root), marks: 0 }]));
    }
  }
}

export const isMarked = (marks: number, name: MarkName): boolean => (marks & mark[name]) !== 0;
