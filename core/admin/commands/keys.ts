const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
const isTypedInto = 'input, textarea, select, [contenteditable="true"]';
const isOverlay = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const shownNames: Record<string, string> = { enter: '↵', escape: 'Esc', arrowdown: '↓', arrowup: '↑', space: '␣' };

interface Chord { key: string; hasMod: boolean; hasShift: boolean; hasAlt: boolean }

/** `Mod+Shift+Enter`, `e`, `?`; a sequence is two chords with a blank between: `g m`. */
export function parseKeys(keys: string): Chord[] {
  return keys.split(' ').map((chord) => {
    const parts = chord.split('+');
    const key = (parts.pop() || '+').toLowerCase();
    return { key, hasMod: parts.includes('Mod'), hasShift: parts.includes('Shift'), hasAlt: parts.includes('Alt') };
  });
}

/** By what the key writes; by where it lies when it writes no Latin letter (Arabic, Cyrillic, Hebrew layouts). */
export function matches(event: KeyboardEvent, chord: Chord): boolean {
  const hasMod = isApple ? event.metaKey : event.ctrlKey;
  if (hasMod !== chord.hasMod || event.altKey !== chord.hasAlt || (isApple ? event.ctrlKey : event.metaKey)) return false;
  const isLetter = /^[a-z]$/.test(chord.key);
  if ((isLetter || chord.key.length > 1) && event.shiftKey !== chord.hasShift) return false;
  if (event.key.toLowerCase() === chord.key) return true;
  return isLetter && !/^[a-z]$/i.test(event.key) && event.code === `Key${chord.key.toUpperCase()}`;
}

export const isEditable = (target: EventTarget | null): boolean => target instanceof Element && target.closest(isTypedInto) !== null;
export const isInOverlay = (target: EventTarget | null): boolean => target instanceof Element && target.closest(isOverlay) !== null;

/** As it is printed on this machine's keys: `⌘⇧↵`, `Ctrl Shift ↵`. */
export function showKeys(keys: string): string {
  return parseKeys(keys).map(({ key, hasMod, hasShift, hasAlt }) => {
    const name = shownNames[key] ?? (key.length === 1 ? key.toUpperCase() : key);
    const modifiers = isApple
      ? [hasMod && '⌘', hasAlt && '⌥', hasShift && '⇧']
      : [hasMod && 'Ctrl', hasAlt && 'Alt', hasShift && 'Shift'];
    return [...modifiers.filter(Boolean), name].join(isApple ? '' : ' ');
  }).join(' ');
}
