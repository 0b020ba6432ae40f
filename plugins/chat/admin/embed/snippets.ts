/** What the snippets say: the desk's address, the brand's and the widget's names. */
export interface Site { desk: string; tenant: string; widget: string }
export interface Snippet { id: string; label: string; code: string; files?: { name: string; code: string }[] }

const close = `</${'script'}>`;

/** The line that most sites take. */
export const scriptTag = ({ desk, tenant, widget }: Site): string => `<script src="${desk}/widget.js" data-tenant="${tenant}" data-widget="${widget}" async>${close}`;

const asyncInit = ({ desk, widget }: Site): string => `<script>
  window.plugboardAsyncInit = function () {
    Plugboard.init({
      baseURL: '${desk}',
      widget: '${widget}',
      // Of somebody who is signed in at your site:
      // userToken: '…', the token that your server signed
    });
  };
${close}
<script src="${desk}/widget.js" async>${close}`;

const npm = ({ desk, widget }: Site): string => `// npm install @plugboard/widget
import { loadPlugboard, plugboard } from '@plugboard/widget';

await loadPlugboard({ baseURL: '${desk}', widget: '${widget}' });
plugboard.on('unread', (count) => { document.title = count ? \`(\${count}) \${title}\` : title; });`;

const vue = ({ desk, widget }: Site): string => `// npm install @plugboard/widget
import { createApp } from 'vue';
import { plugboardPlugin } from '@plugboard/widget/vue';
import App from './App.vue';

createApp(App)
  .use(plugboardPlugin, { baseURL: '${desk}', widget: '${widget}' })
  .mount('#app');

// In a component: const { plugboard, unread } = usePlugboard();`;

const react = ({ desk, widget }: Site): string => `// npm install @plugboard/widget
import { PlugboardProvider } from '@plugboard/widget/react';

const options = { baseURL: '${desk}', widget: '${widget}' };

export function App() {
  return <PlugboardProvider options={options}><Pages /></PlugboardProvider>;
}

// In a component: const { plugboard, unread } = usePlugboard();`;

const tagManager = ({ desk, tenant, widget }: Site): string => `<script>
  (function () {
    var script = document.createElement('script');
    script.src = '${desk}/widget.js';
    script.async = true;
    script.setAttribute('data-tenant', '${tenant}');
    script.setAttribute('data-widget', '${widget}');
    document.head.appendChild(script);
  })();
${close}`;

export const embedSnippets = (site: Site): Snippet[] => [
  { id: 'script', label: 'HTML', code: scriptTag(site) },
  { id: 'async', label: 'JavaScript', code: asyncInit(site) },
  { id: 'npm', label: 'npm', code: npm(site) },
  { id: 'vue', label: 'Vue', code: vue(site) },
  { id: 'react', label: 'React', code: react(site) },
  { id: 'gtm', label: 'Google Tag Manager', code: tagManager(site) },
];

export const policyOf = (desk: string): string => `script-src ${desk}; connect-src ${desk}; frame-src ${desk}`;
