import { computed, createApp, shallowReactive, watch } from 'vue';
import App from './App.vue';
import { Chat } from './chat/chat.ts';
import { ChatState } from './chat/chat-state.ts';
import { FrameSize } from './frame-size.ts';
import { Moments } from './moments.ts';
import type { PageConfig } from './page-config.ts';
import { hearPage } from './page/hear-page.ts';
import { PageCalls } from './page/page-calls.ts';
import { ProfileQueue } from './page/profile-queue.ts';
import './styles/widget.css';
import { deskSurroundings } from './surroundings.ts';
import { followMode, paint } from './theme.ts';
import { createTranslate } from './translate.ts';
import type { Translate } from './translate.ts';
import { widgetKey } from './widget-context.ts';
import { HostPage } from './wire/host-page.ts';
import { Session } from './wire/session.ts';
import { Tabs } from './wire/tabs.ts';

/** A function, not the module's own body: the preview is loaded on the way, and it needs this module to be there. */
async function run(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const isPreview = query.get('preview') === '1';
  const root = document.documentElement;
  const config = shallowReactive(JSON.parse(document.getElementById('config')?.textContent ?? '') as PageConfig);
  const translate = computed(() => createTranslate(config.texts, config.locale));
  const t: Translate = (key, values) => translate.value(key, values);
  const host = new HostPage(location.hash);
  const preview = isPreview ? await import('./preview/preview.ts') : null;
  const around = preview ? preview.previewSurroundings(config, t) : await deskSurroundings(config, host);

  const session = new Session(around.storage, around.http, () => config.locale);
  const state = new ChatState();
  const chat: Chat = new Chat({
    config, state, session, host, t, http: around.http, files: around.files(session), storage: around.storage, tabs: new Tabs(`plugboard:${config.widget.brandId}${isPreview ? ':preview' : ''}`),
    makeWire: around.makeWire(session, () => void chat.ended()), isClosed: around.isClosed, pageUrl: () => calls.pageUrl,
  });
  const queue = new ProfileQueue({
    session, http: around.http, schedule: (run, delayMs) => { setTimeout(run, delayMs); },
    onRefused: ({ code, details }) => host.event(code === 'identity_invalid' ? 'identity:error' : 'error', { code, reason: details.reason ?? null }),
  });
  const calls: PageCalls = new PageCalls({ config, chat, queue, host });
  const size = new FrameSize(around.storage, host, state, !isPreview);

  state.isOpen.value = !host.isFramed || isPreview;
  chat.onListed = () => calls.openUnseen();
  session.onChange = (isThere) => {
    host.tell({ type: 'session', isThere });
    if (isThere) queue.plan();
  };
  watch(() => config.widget.color, (color) => paint(root, color), { immediate: true });
  const page = hearPage({ host, chat, calls, queue, size, storage: around.storage });
  watch([() => config.widget.mode, page.mode], followMode(root, () => page.mode.value ?? config.widget.mode), { immediate: true });

  createApp(App).provide(widgetKey, { config, chat, host, size, t, moments: new Moments(() => config.locale, t) }).mount('#app');
  host.tell({ type: 'ready' });
  if (!isPreview) await page.settled;
  await chat.start();
  preview?.follow(config, chat);
  const linked = query.get('conversation');
  if (linked && !isPreview) await chat.openLinked(linked);
}

void run();
