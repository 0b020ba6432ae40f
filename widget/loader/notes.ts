const stores = () => [localStorage, sessionStorage];

/**
 * What the page keeps for its widget: that somebody has a session (the name ''), and the values of a frame that has no storage.
 * What is brief ends with the tab. A page without storage keeps nothing.
 */
export function keep(key: string, value: string | null, isBrief?: boolean): void {
  try {
    stores().forEach((store, isSession) => {
      if (value === null || !isSession === !!isBrief) store.removeItem(key);
      else store.setItem(key, value);
    });
  } catch { /* blocked or full */ }
}

/** What is kept under names that begin so. */
export function kept(start: string): Record<string, string> {
  const values: Record<string, string> = {};
  try {
    for (const store of stores()) for (const key in store) if (key.startsWith(start)) values[key.slice(start.length)] = store[key] as string;
  } catch { /* blocked */ }
  return values;
}
