import { useEventListener } from '@vueuse/core';
import { isEditable, isInOverlay, matches, parseKeys } from './keys.ts';
import { commands, type Command } from './registry.ts';

const sequenceMs = 1_200;

/** Runs commands by their keys. Mounted once. */
export function useShortcuts(): void {
  let started: { first: string; at: number } | null = null;

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat && !/^[jk]$/i.test(event.key)) return;
    const isTyping = isEditable(event.target);
    const isBlocked = isInOverlay(event.target);
    const pending = started && Date.now() - started.at < sequenceMs ? started.first : null;
    started = null;
    for (const command of commands.value) {
      if (isBlocked || (isTyping && !command.inEditor)) continue;
      const found = command.keys?.some((keys) => fits(keys, event, pending));
      if (found) return perform(command, event);
    }
    if (!isTyping && !isBlocked && startsSequence(event)) started = { first: event.key.toLowerCase(), at: Date.now() };
  });
}

function fits(keys: string, event: KeyboardEvent, pending: string | null): boolean {
  const chords = parseKeys(keys);
  if (chords.length === 1) return pending === null && matches(event, chords[0]!);
  return pending === chords[0]!.key && matches(event, chords[1]!);
}

const startsSequence = (event: KeyboardEvent): boolean =>
  commands.value.some((command) => command.keys?.some((keys) => keys.includes(' ') && matches(event, parseKeys(keys)[0]!)));

function perform(command: Command, event: KeyboardEvent): void {
  event.preventDefault();
  command.run();
}
