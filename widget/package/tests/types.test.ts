import { expectTypeOf, test } from 'vitest';
import { loadPlugboard, plugboard } from '../src/index.ts';
import type { ContextEntry, InitOptions, LoadOptions, Plugboard, PlugboardEvents, PlugboardMethods } from '../src/index.ts';
import { PlugboardProvider } from '../src/react.ts';
import type { PlugboardProviderProps , usePlugboard as useReact } from '../src/react.ts';
import { usePlugboard as useVue } from '../src/vue.ts';
import type { UsePlugboard } from '../src/vue.ts';

test('what an application writes is checked', () => {
  expectTypeOf(loadPlugboard).parameter(0).toEqualTypeOf<LoadOptions>();
  expectTypeOf(loadPlugboard).returns.resolves.toEqualTypeOf<Plugboard>();
  expectTypeOf<{ baseURL: string; widget: string; userToken: string }>().toExtend<LoadOptions>();
  expectTypeOf<{ widget: string }>().not.toExtend<LoadOptions>();
  expectTypeOf<{ theme: 'pink' }>().not.toExtend<InitOptions>();
  expectTypeOf<{ ui: 'manual' }>().toExtend<InitOptions>();
  expectTypeOf<{ ui: { trigger: HTMLElement; badge: false } }>().toExtend<InitOptions>();
  expectTypeOf<{ getUserToken: () => Promise<string | null> }>().toExtend<InitOptions>();
  expectTypeOf<{ label: string; type: 'error'; value: string[] }>().toExtend<ContextEntry>();
  expectTypeOf<{ label: string; type: 'mood'; value: string }>().not.toExtend<ContextEntry>();
});

test('methods and events have their values', () => {
  expectTypeOf(plugboard).toEqualTypeOf<PlugboardMethods>();
  expectTypeOf<Plugboard>().toExtend<PlugboardMethods>();
  expectTypeOf(plugboard.identify).parameters.toExtend<[string, object?, { userToken?: string }?]>();
  expectTypeOf(plugboard.getUnreadCount).returns.toEqualTypeOf<number>();
  expectTypeOf<PlugboardEvents['unread']>().toEqualTypeOf<number>();
  expectTypeOf(plugboard.on<'unread'>).parameter(1).parameter(0).toEqualTypeOf<number>();
  expectTypeOf(plugboard.on<'message'>).parameter(1).parameter(0).toExtend<{ text: string; authorName: string | null }>();
  expectTypeOf<Plugboard>().toBeCallableWith('setTheme', 'dark');
  expectTypeOf<Plugboard>().toBeCallableWith('init', { widget: 'website' });
});

test('the adapters give methods and state', () => {
  expectTypeOf(useVue).returns.toEqualTypeOf<UsePlugboard>();
  expectTypeOf<ReturnType<typeof useReact>['unread']>().toEqualTypeOf<number>();
  expectTypeOf(PlugboardProvider).parameter(0).toEqualTypeOf<PlugboardProviderProps>();
});
