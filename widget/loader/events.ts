type Listener = (detail?: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

/** Tells the page, first those who asked by `on`. A listener that throws spoils nothing but itself. */
export function emit(name: string, detail?: unknown): void {
  listeners.get(name)?.forEach((listener) => {
    try {
      listener(detail);
    } catch (error) {
      reportError(error);
    }
  });
  dispatchEvent(new CustomEvent(`plugboard:${name}`, { detail }));
}

export const off = (name: string, listener: Listener) => { listeners.get(name)?.delete(listener); };

/** Answers what takes the listener away again. */
export function on(name: string, listener: Listener): () => void {
  listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
  return () => off(name, listener);
}

export const forgetListeners = () => listeners.clear();
