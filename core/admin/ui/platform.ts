const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the command key is written on this machine. */
export const commandKey = isApple ? '⌘' : 'Ctrl ';
export const saveKeys = `${commandKey}S`;
