import { VueQueryPlugin } from '@tanstack/vue-query';
import I18NextVue from 'i18next-vue';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { queryClient } from './api/query-client.ts';
import { i18next, startI18n } from './i18n/i18n.ts';
import { router } from './router/router.ts';
import { startTheme } from './theme/mode.ts';
import './theme/base.css';

const retryMs = 3_000;

startTheme();
await textsOrWait();
createApp(App).use(createPinia()).use(I18NextVue, { i18next }).use(VueQueryPlugin, { queryClient }).use(router).mount('#app');

/** Without its texts there is nothing to show: a desk that is just starting is waited for. */
async function textsOrWait(): Promise<void> {
  for (;;) {
    try {
      return await startI18n();
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, retryMs); });
    }
  }
}
