import { useMediaQuery } from '@vueuse/core';
import { computed } from 'vue';
import { useSession } from '../../session/session.store.ts';

export type PaneName = 'views' | 'list' | 'contact';
interface Limits { start: number; min: number; max: number }

export const paneLimits: Record<PaneName, Limits> = {
  views: { start: 196, min: 160, max: 280 },
  list: { start: 336, min: 260, max: 520 },
  contact: { start: 292, min: 240, max: 440 },
};

/** Widths of the panes, and which of them are put away; kept with the person. 0 is put away. */
export function usePanes() {
  const session = useSession();
  const isNarrow = useMediaQuery('(max-width: 767px)');
  const isMedium = useMediaQuery('(max-width: 1179px)');
  const kept = computed(() => session.preferences?.panes ?? {});
  const stateKey = (name: PaneName) => (isMedium.value ? `${name}.medium` : `${name}.open`);

  /** Below 1180 px the two outer panes are away until they are asked for. */
  const isOpen = (name: PaneName): boolean => (kept.value[stateKey(name)] ?? (name === 'list' || !isMedium.value ? 1 : 0)) === 1;
  const widthOf = (name: PaneName): number => clamp(kept.value[name] ?? paneLimits[name].start, paneLimits[name]);

  return {
    isNarrow,
    isMedium,
    isOpen,
    widthOf,
    setWidth: (name: PaneName, width: number) => session.prefer({ panes: { ...kept.value, [name]: Math.round(clamp(width, paneLimits[name])) } }),
    toggle: (name: PaneName) => session.prefer({ panes: { ...kept.value, [stateKey(name)]: isOpen(name) ? 0 : 1 } }),
  };
}

const clamp = (width: number, { min, max }: Limits): number => Math.min(max, Math.max(min, width));
