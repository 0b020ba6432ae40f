const pause = 3_000;

/** Tells now and then that somebody types, and that they stopped. */
export function useTyping(tell: (isTyping: boolean) => void): (isTyping: boolean) => void {
  let saidAt = 0;
  let end: ReturnType<typeof setTimeout> | undefined;
  const say = (isTyping: boolean): void => {
    clearTimeout(end);
    if (isTyping) end = setTimeout(() => say(false), pause + 1_000);
    if (isTyping ? Date.now() - saidAt < pause : saidAt === 0) return;
    saidAt = isTyping ? Date.now() : 0;
    tell(isTyping);
  };
  return say;
}
