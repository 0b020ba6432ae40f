import { mark } from '../protocol.ts';
import type { Marked, ToApp, ToLoader } from '../protocol.ts';
import { keep, kept } from './notes.ts';

/** What is done about each kind of message; kinds that are missing are passed over. */
export type Hearing = { [Type in ToLoader['type']]?: (message: Extract<ToLoader, { type: Type }>) => unknown };

/** The iframe, talk with it that is bound to its window and origin, and what the page does for a frame without storage. */
export interface Frame {
  element: HTMLIFrameElement;
  post(this: void, message: ToApp): void;
  remove(this: void): void;
}

export function createFrame(base: string, address: string, place: string, hearing: Hearing): Frame {
  const ending = new AbortController();
  const { signal } = ending;
  const element = document.createElement('iframe');
  let isThere = false;
  let tabs: BroadcastChannel | undefined;

  const post = (message: ToApp): void => {
    if (isThere) element.contentWindow?.postMessage({ ...message, [mark]: 1 } satisfies Marked<ToApp>, base);
  };
  const lead = () => post({ type: 'lead' });
  const all: Hearing = {
    ...hearing,
    recall: () => post({ type: 'kept', values: kept(place) }),
    keep: ({ key, value, isBrief }) => keep(place + key, value, isBrief),
    bus: ({ data }) => tabs?.postMessage(data),
    /** One tab of the site at a time has the lead. A page without channel and locks is alone, and leads. */
    async share() {
      try {
        tabs = new BroadcastChannel(place);
        tabs.onmessage = ({ data }) => post({ type: 'bus', data });
        await navigator.locks.request(place, { signal }, () => {
          lead();
          return new Promise((done) => signal.addEventListener('abort', done));
        });
      } catch {
        lead();
      }
    },
  };
  addEventListener('message', ({ origin, source, data }: MessageEvent<Marked<ToLoader> | null>) => {
    if (origin !== base || source !== element.contentWindow || data?.[mark] !== 1) return;
    isThere = true;
    (all[data.type] as ((message: ToLoader) => void) | undefined)?.(data);
  }, { signal });
  addEventListener('storage', ({ key, newValue }) => {
    if (key?.startsWith(place)) post({ type: 'kept', values: { [key.slice(place.length)]: newValue } });
  }, { signal });

  element.allow = 'autoplay; clipboard-write';
  element.src = `${address}#parent=${origin}`;
  return {
    element, post,
    remove() {
      ending.abort();
      tabs?.close();
      element.remove();
    },
  };
}
