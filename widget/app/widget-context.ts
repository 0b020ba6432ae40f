import { inject } from 'vue';
import type { InjectionKey } from 'vue';
import type { Chat } from './chat/chat.ts';
import type { FrameSize } from './frame-size.ts';
import type { Moments } from './moments.ts';
import type { PageConfig } from './page-config.ts';
import type { Translate } from './translate.ts';
import type { HostPage } from './wire/host-page.ts';

/** What every screen works with. */
export interface WidgetContext {
  /** Reactive: a preview changes it while it is shown. */
  config: PageConfig;
  chat: Chat;
  host: HostPage;
  size: FrameSize;
  t: Translate;
  moments: Moments;
}

export const widgetKey: InjectionKey<WidgetContext> = Symbol('widget');

export function useWidget(): WidgetContext {
  const context = inject(widgetKey);
  if (!context) throw new Error('outside of the widget');
  return context;
}
