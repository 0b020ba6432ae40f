import { createApp } from 'vue';
import App from './App.vue';
import { Chat } from './chat/chat.ts';
import { ChatState } from './chat/chat-state.ts';
import { Moments } from './moments.ts';
import type { PageConfig } from './page-config.ts';
import { HostStorage, openStorage } from './safe-storage.ts';
import './styles/widget.css';
import { paint } from './theme.ts';
import { createTranslate } from './translate.ts';
import { widgetKey } from './widget-context.ts';
import { Files } from './wire/files.ts';
import { HostPage } from './wire/host-page.ts';
import { Session } from './wire/session.ts';

const config = JSON.parse(document.getElementById('config')?.textContent ?? '') as PageConfig;
const t = createTranslate(config.texts, config.locale);
const host = new HostPage(location.hash);
const storage = await openStorage(`plugboard:${config.widget.brandId}:`, host);
const address = `/widget/${config.widget.slug}`;
const session = new Session(storage, address, config.locale);
const state = new ChatState();
const chat = new Chat({ config, state, session, files: new Files(session, address), host, storage, t });
const theme = paint(document.documentElement, config.widget.color, config.widget.mode);

state.isOpen.value = !host.isFramed;
session.onChange = (isThere) => host.tell({ type: 'session', isThere });
host.listen((message) => {
  if (message.type === 'theme') theme.use(message.mode);
  if (message.type === 'forget') void chat.forget();
  if (message.type === 'kept' && storage instanceof HostStorage) {
    storage.apply(message.values);
    void chat.otherTabChanged();
  }
  if (message.type === 'visible') {
    state.isOpen.value = message.isOpen;
    state.isPhone.value = message.isPhone;
  }
});

createApp(App).provide(widgetKey, { config, chat, host, t, moments: new Moments(config.locale, t) }).mount('#app');
host.tell({ type: 'ready' });
void chat.start();
