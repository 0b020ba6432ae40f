import { PlugboardChat, plugboardPlugin, usePlugboard } from '@plugboard/widget/vue';
import { createApp, defineComponent, h, ref } from 'vue';

const options = ref(window.options);
const isThere = ref(true);

const App = defineComponent(() => {
  const { plugboard, isReady, isOpen, unread } = usePlugboard();
  return () => [
    isThere.value ? h(PlugboardChat, { options: options.value }) : null,
    h('button', { id: 'help', onClick: () => plugboard.toggle() }, 'Help'),
    h('output', `${isReady.value ? 'ready' : 'loading'} ${isOpen.value ? 'open' : 'closed'} ${unread.value}`),
  ];
});

createApp(App).use(plugboardPlugin).mount('#app');
window.change = (next) => {
  options.value = { ...options.value, ...next };
};
window.leave = () => {
  isThere.value = false;
};
