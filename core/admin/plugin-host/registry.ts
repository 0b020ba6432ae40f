import { computed, shallowReactive, type ComputedRef } from 'vue';
import type { MenuItem, PanelItem } from '../sdk/plugin.ts';

export type PluginMenuItem = MenuItem & { pluginId: string; to: string };
export type PluginPanel = PanelItem & { pluginId: string };

/** What plugins have added to the screens that are open now. */
export const menuItems = shallowReactive(new Map<string, PluginMenuItem>());
export const panels = shallowReactive(new Map<string, PluginPanel>());

const byOrder = (a: { order?: number; id: string; pluginId: string }, b: { order?: number; id: string; pluginId: string }) =>
  (a.order ?? 100) - (b.order ?? 100) || a.pluginId.localeCompare(b.pluginId) || a.id.localeCompare(b.id);

/** Menu entries of plugins for one place, in order. Labels are texts of the namespace `plugin.<id>`. */
export function usePluginMenu(place: 'main' | 'settings'): ComputedRef<PluginMenuItem[]> {
  return computed(() => [...menuItems.values()].filter((item) => (item.place ?? 'main') === place).sort(byOrder));
}

/** Panels of plugins that bring their own components. */
export function usePluginPanels(place: 'conversation' | 'contact'): ComputedRef<PluginPanel[]> {
  return computed(() => [...panels.values()].filter((panel) => panel.place === place).sort(byOrder));
}
