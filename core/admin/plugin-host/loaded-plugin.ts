import { defineComponent, effectScope, h, type Component } from 'vue';
import type { Router } from 'vue-router';
import { api, createApi } from '../sdk/api.ts';
import type { AdminPlugin, AdminPluginContext, Disposer, PluginRoute } from '../sdk/plugin.ts';
import { menuItems, panels } from './registry.ts';
import SlotBoundary from './SlotBoundary.vue';

export interface HostDeps {
  router: Router;
  /** Name of the route whose outlet holds pages; pages of plugins become its children. */
  parentRoute?: string | undefined;
  translate(key: string, values?: Record<string, unknown>): string;
  loadTexts(namespace: string): Promise<unknown>;
}

export interface LoadedPlugin { id: string; version: string; dispose: Disposer }

/** Runs a plugin's `setup` in its own effect scope; `dispose` takes back all that it added, last first. */
export async function runPlugin(plugin: AdminPlugin, identity: { id: string; version: string }, deps: HostDeps): Promise<LoadedPlugin> {
  const scope = effectScope(true);
  const disposers: Disposer[] = [];
  const dispose = () => {
    for (const undo of disposers.splice(0).reverse()) quietly(undo, identity.id);
    scope.stop();
  };
  const track = (undo: Disposer): Disposer => {
    disposers.push(undo);
    return () => {
      const at = disposers.indexOf(undo);
      if (at !== -1) disposers.splice(at, 1)[0]!();
    };
  };
  try {
    await deps.loadTexts(`plugin.${identity.id}`);
    await scope.run(() => plugin.setup(contextOf(identity, deps, track)));
  } catch (error) {
    dispose();
    throw error;
  }
  return { ...identity, dispose };
}

function contextOf(identity: { id: string; version: string }, deps: HostDeps, track: (undo: Disposer) => Disposer): AdminPluginContext {
  const { id } = identity;
  return {
    plugin: identity,
    routes: { add: (route) => track(deps.router.hasRoute(routeName(id, route)) ? () => {} : addRoute(id, route, deps)) },
    menu: {
      add: (item) => {
        const key = `${id}:${item.id}`;
        menuItems.set(key, { ...item, pluginId: id, to: pagePath(id, item.path) });
        return track(() => menuItems.delete(key));
      },
    },
    panels: {
      add: (panel) => {
        const key = `${id}:${panel.id}`;
        panels.set(key, { ...panel, pluginId: id });
        return track(() => panels.delete(key));
      },
    },
    styles: { add: (css) => track(addStyles(css)) },
    api: createApi(`/api/plugins/${id}`),
    desk: api,
    t: (key, values) => deps.translate(`plugin.${id}:${key}`, values),
    onDispose: (undo) => void track(undo),
  };
}

function addStyles(css: string): Disposer {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter((present) => present !== sheet); };
}

const routeName = (id: string, route: PluginRoute) => `plugin:${id}:${route.path}`;

/** Address of a plugin's page inside the admin. */
export const pagePath = (id: string, path: string): string => `/p/${id}${path === '' ? '' : `/${path.replace(/^\//, '')}`}`;

function addRoute(id: string, route: PluginRoute, deps: HostDeps): Disposer {
  const record = {
    path: pagePath(id, route.path), name: routeName(id, route), props: route.props ?? false,
    component: contained(id, route.component), meta: { pluginId: id, ...(route.ability === undefined ? {} : { ability: route.ability }) },
  };
  return deps.parentRoute === undefined ? deps.router.addRoute(record) : deps.router.addRoute(deps.parentRoute, record);
}

/** A page that throws or does not load shows a card instead of taking the admin with it. */
function contained(pluginId: string, component: PluginRoute['component']): Component {
  const load = async () => {
    const loaded = typeof component === 'function' && !('setup' in component) && !('render' in component) ? await (component as () => Promise<Component | { default: Component }>)() : component;
    return (typeof loaded === 'object' && 'default' in loaded ? loaded.default : loaded) as Component;
  };
  return defineComponent({ name: 'PluginPage', inheritAttrs: false, setup: (_, { attrs }) => () => h(SlotBoundary, { pluginId, load, componentProps: { ...attrs }, isPage: true }) });
}

function quietly(undo: Disposer, id: string): void {
  try {
    undo();
  } catch (error) {
    console.warn(`Plugin ${id} failed while it was switched off`, error);
  }
}
