import type { Command } from './registry.ts';

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Commands whose title or keywords hold every word of `term`; those whose title starts with it come first. */
export function findCommands(commands: readonly Command[], term: string): Command[] {
  const words = fold(term).split(/\s+/).filter(Boolean);
  const rank = (command: Command): number => {
    const title = fold(command.title);
    if (words.length === 0) return 0;
    if (!words.every((word) => `${title} ${fold(command.keywords ?? '')}`.includes(word))) return -1;
    if (title.startsWith(words[0]!)) return 2;
    return words.some((word) => title.split(/\s+/).some((part) => part.startsWith(word))) ? 1 : 0;
  };
  return commands.filter((command) => !command.isKeyOnly).map((command) => ({ command, rank: rank(command) }))
    .filter((entry) => entry.rank >= 0).sort((a, b) => b.rank - a.rank).map((entry) => entry.command);
}
