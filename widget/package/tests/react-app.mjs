import { PlugboardProvider, usePlugboard } from '@plugboard/widget/react';
import { createElement as h, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Help() {
  const { plugboard, isReady, isOpen, unread } = usePlugboard();
  return [
    h('button', { id: 'help', key: 'help', onClick: () => plugboard.toggle() }, 'Help'),
    h('output', { key: 'state' }, `${isReady ? 'ready' : 'loading'} ${isOpen ? 'open' : 'closed'} ${unread}`),
  ];
}

function App() {
  const [options, setOptions] = useState(window.options);
  const [isThere, setThere] = useState(true);
  window.change = (next) => setOptions((before) => ({ ...before, ...next }));
  window.leave = () => setThere(false);
  return isThere ? h(PlugboardProvider, { options }, h(Help)) : h('output', null, 'gone');
}

createRoot(document.getElementById('app')).render(h(StrictMode, null, h(App)));
