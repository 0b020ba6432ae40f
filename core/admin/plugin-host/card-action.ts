/** Calls an action of a panel with the values of a button or form. */
export type RunCardAction = (action: string, values: unknown) => Promise<void>;

/** Only addresses that are safe to follow become links. */
export function safeUrl(url: string): string | null {
  try {
    const parsed = new URL(url, location.origin);
    return ['https:', 'http:', 'mailto:', 'tel:'].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}
