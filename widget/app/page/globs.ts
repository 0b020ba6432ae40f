const pieces: Record<string, string> = { '**': '.*', '*': '[^/]*', '?': '[^/]' };

/** `*` is anything within a part of the path, `**` anything at all, `?` one character. */
export function matchesGlob(pathname: string, glob: string): boolean {
  const pattern = glob.slice(0, 500).replace(/\*{3,}/g, '**').replace(/\*\*|[*?]|[^*?]+/g, (piece) => pieces[piece] ?? piece.replace(/[.+^${}()|[\]\\]/g, '\\$&'));
  const path = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname;
  const whole = new RegExp(`^${pattern}$`, 'u');
  return whole.test(pathname) || whole.test(path);
}
