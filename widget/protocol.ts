/** What the loader and the iframe say to each other. Each side takes it from the one window and origin it knows. */
export type ToApp =
  | { type: 'visible'; isOpen: boolean; isPhone: boolean }
  | { type: 'theme'; mode: 'system' | 'light' | 'dark' }
  | { type: 'forget' }
  /** What the page keeps for a frame that has no storage of its own; null is gone. */
  | { type: 'kept'; values: Record<string, string | null> };

export type ToLoader =
  | { type: 'ready' }
  | { type: 'recall' }
  | { type: 'keep'; key: string; value: string | null }
  | { type: 'close' }
  | { type: 'size'; isFull: boolean }
  | { type: 'session'; isThere: boolean }
  | { type: 'unread'; count: number }
  | { type: 'message'; text: string; authorName: string }
  | { type: 'start'; conversationId: string };

/** The field that marks our messages among all that pages send around. */
export const mark = 'plugboard';
export type Marked<T> = T & { [mark]: 1 };
