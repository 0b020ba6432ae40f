import { createContext, createElement, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { plugboard } from './index.ts';
import type { LoadOptions } from './index.ts';
import { ChatSession, quiet } from './session.ts';
import type { ChatState } from './session.ts';
import type { PlugboardMethods } from './types.ts';

const Session = createContext<ChatSession | null>(null);

export interface PlugboardProviderProps { options: LoadOptions; children?: ReactNode }

/** The chat for as long as this is mounted. What changes in `options` is told to it; a `userId` that goes signs the person out. */
export function PlugboardProvider({ options, children }: PlugboardProviderProps): ReactElement {
  const session = useMemo(() => new ChatSession(), []);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
    session.follow(options);
  });
  const { baseURL, widget, hash, apiKey, tenant, orgId } = options;
  useEffect(() => {
    session.start(latest.current);
    return () => session.stop();
  }, [session, baseURL, widget, hash, apiKey, tenant, orgId]);
  return createElement(Session.Provider, { value: session }, children);
}

/** Methods and state of the chat, below a `PlugboardProvider`. */
export function usePlugboard(): ChatState & { plugboard: PlugboardMethods } {
  const session = useContext(Session);
  if (!session) throw new Error('usePlugboard is called outside of PlugboardProvider');
  const state = useSyncExternalStore((listener) => session.subscribe(listener), () => session.state, () => quiet);
  return { plugboard, ...state };
}
