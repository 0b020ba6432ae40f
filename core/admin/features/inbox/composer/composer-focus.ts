import { shallowRef } from 'vue';
import type { DraftKind } from './drafts.store.ts';

/** How keys and commands reach the composer that is on screen. */
export interface ComposerHandle { focus(kind: DraftKind): void; send(options: { resolves: boolean }): void }
export const openComposer = shallowRef<ComposerHandle | null>(null);
