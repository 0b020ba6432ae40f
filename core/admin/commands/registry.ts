import { computed, onScopeDispose, shallowReactive } from 'vue';

export const commandGroups = ['conversation', 'compose', 'list', 'go', 'view'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Something that can be done now. The palette, the key map and its overlay all read the same list. */
export interface Command {
  id: string;
  title: string;
  group: CommandGroup;
  icon?: string;
  /** See `parseKeys`. Several when there is more than one way. */
  keys?: string[];
  /** More words to find it by. */
  keywords?: string;
  /** Works by key only and is left out of the palette: moving about, mostly. */
  isKeyOnly?: boolean;
  /** Works while something is typed, too. */
  inEditor?: boolean;
  run(): void;
}

const sources = shallowReactive(new Set<() => Command[]>());

/** All commands there are at the moment. */
export const commands = computed(() => [...sources].flatMap((source) => source()));

/** Adds commands for as long as the calling component lives. */
export function useCommands(source: () => Command[]): void {
  sources.add(source);
  onScopeDispose(() => sources.delete(source));
}
