import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { createSSRApp, defineComponent, h } from 'vue';
import { renderToString as renderVue } from 'vue/server-renderer';
import { loadPlugboard, plugboard } from '../src/index.ts';
import { PlugboardProvider, usePlugboard as useReact } from '../src/react.ts';
import { PlugboardChat, plugboardPlugin, usePlugboard as useVue } from '../src/vue.ts';

const options = { baseURL: 'https://desk.example', widget: 'website' };

test('on a server nothing is loaded, nothing hangs and nothing breaks', async () => {
  expect(typeof window).toBe('undefined');
  const api = await loadPlugboard(options);
  api.open();
  expect(await api.identify('u_1')).toBeUndefined();
  expect(plugboard.getUnreadCount()).toBe(0);
  plugboard.on('unread', () => undefined)();
});

test('pages that use the adapters are rendered there', async () => {
  const Reacting = () => createElement('b', null, useReact().unread);
  expect(renderToString(createElement(PlugboardProvider, { options }, createElement(Reacting)))).toBe('<b>0</b>');
  const Seeing = defineComponent(() => {
    const { unread, isReady } = useVue();
    return () => [h(PlugboardChat, { options }), h('b', `${unread.value} ${isReady.value}`)];
  });
  expect(await renderVue(createSSRApp(Seeing).use(plugboardPlugin))).toContain('<b>0 false</b>');
});
