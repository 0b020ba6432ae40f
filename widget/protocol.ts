/** What the loader and the iframe say to each other. Each side takes it from the one window and origin it knows. */

/** What a page gave `init`, as far as the frame works with it; the loader keeps what concerns launcher and callbacks. */
export interface PageOptions {
  userId?: string;
  companyId?: string;
  userTraits?: Record<string, unknown>;
  companyTraits?: Record<string, unknown>;
  context?: Record<string, unknown>;
  /** A token that the customer's server signed; `emailHash` is the same under its older name. */
  userToken?: string;
  userDetails?: { email?: string; emailHash?: string; firstname?: string; lastname?: string };
  /** The page has a `getUserToken` to ask. */
  hasTokenSource?: boolean;
  greeting?: string;
  /** How it opens; the loader sees to the first two. */
  defaultMode?: 'popup' | 'sidebar' | 'full';
  autoOpenUnseen?: boolean;
  /** Globs on `location.pathname` where nothing opens by itself. */
  manualOnPaths?: string[];
}

export type ToApp =
  | { type: 'options'; options: PageOptions }
  /** Where the visitor is on the site; again after each navigation of a single-page site. */
  | { type: 'page'; url: string; title: string }
  /** `isLeft`: the side that the window is on, which the page may have chosen against the configuration. */
  | { type: 'visible'; isOpen: boolean; isPhone: boolean; isSidebar: boolean; isLeft?: boolean }
  | { type: 'theme'; mode: 'system' | 'light' | 'dark' }
  | { type: 'forget' }
  /** A method of the page's API that the frame carries out; `id` where an answer is waited for (`answer`). */
  | { type: 'call'; name: string; args: unknown[]; id?: number }
  /** Answer of the page's `getUserToken`. */
  | { type: 'token'; id: number; token: string | null }
  /** What the page keeps for a frame that has no storage of its own; null is gone. */
  | { type: 'kept'; values: Record<string, string | null> }
  /** From another tab of the site, or this tab's turn to hold the socket: for a frame that has no channel and no locks. */
  | { type: 'bus'; data: unknown }
  | { type: 'lead' };

export type ToLoader =
  | { type: 'ready' }
  | { type: 'recall' }
  /** `isBrief`: only for this tab (a session of somebody who proved who they are). */
  | { type: 'keep'; key: string; value: string | null; isBrief?: boolean }
  | { type: 'open' }
  | { type: 'close' }
  /** Pixels; without width and height the usual size. */
  | { type: 'size'; isFull: boolean; width?: number; height?: number }
  | { type: 'session'; isThere: boolean }
  | { type: 'unread'; count: number }
  /** One of the page's events: `message`, `conversation:start`, `escalated`, `identity:error`, `error`, `action`. */
  | { type: 'event'; name: string; detail: unknown }
  | { type: 'answer'; id: number; value: unknown }
  /** Ask the page's `getUserToken`. */
  | { type: 'token'; id: number }
  | { type: 'bus'; data: unknown }
  /** Begin to relay `bus`, and say `lead` when it is this tab's turn. */
  | { type: 'share' };

/** The field that marks our messages among all that pages send around. */
export const mark = 'plugboard';
export type Marked<T> = T & { [mark]: 1 };
