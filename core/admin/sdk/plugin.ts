import type { Component } from 'vue';
import type { Api } from './api.ts';

/** Takes back what was added. All of it is also taken back when the plugin is switched off. */
export type Disposer = () => void;

export interface PluginRoute {
  /** Below `/admin/p/<plugin>`: `''` for its first page, `widgets/:id` for others. */
  path: string;
  /** A component, or a function that imports it. */
  component: Component | (() => Promise<Component | { default: Component }>);
  props?: boolean;
  /** Permission without which the page is not shown. */
  ability?: string;
}

export interface MenuItem {
  id: string;
  /** Text key of the plugin. */
  label: string;
  /** Name of an icon of the desk. */
  icon?: string;
  /** Path of one of its pages, as given to `routes.add`. */
  path: string;
  /** `main` is the rail, `settings` the list beside the settings. */
  place?: 'main' | 'settings';
  ability?: string;
  order?: number;
}

export interface PanelItem {
  id: string;
  /** Text key of the plugin. */
  title: string;
  place: 'conversation' | 'contact';
  /** Gets the props `conversationId` (null beside a contact) and `contactId`. */
  component: Component;
  order?: number;
}

/** What a plugin's browser code is given. */
export interface AdminPluginContext {
  readonly plugin: { readonly id: string; readonly version: string };
  readonly routes: { add(route: PluginRoute): Disposer };
  readonly menu: { add(item: MenuItem): Disposer };
  readonly panels: { add(panel: PanelItem): Disposer };
  /** CSS of the plugin's own components, for as long as it is on. */
  readonly styles: { add(css: string): Disposer };
  /** Requests to `/api/plugins/<id>`. */
  readonly api: Api;
  /** Requests to `/api/v1`, as the operator who is signed in. */
  readonly desk: Api;
  /** A text of the plugin, in the language on screen. */
  t(key: string, values?: Record<string, unknown>): string;
  onDispose(dispose: Disposer): void;
}

export interface AdminPlugin {
  /** Runs in an effect scope when the plugin is switched on. It only registers; within 10 s. */
  setup(ctx: AdminPluginContext): void | Promise<void>;
}

/** The default export of a plugin's admin entry. */
export function defineAdminPlugin(plugin: AdminPlugin): AdminPlugin {
  return plugin;
}
