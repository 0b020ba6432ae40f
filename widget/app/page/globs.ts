const tokensOf = (glob: string): string[] => glob.slice(0, 500).replace(/\*{3,}/g, '**').match(/\*\*|[^]/gu) ?? [];

/** Every place in the glob that may be reached is followed at once, so that no glob takes long. */
function matches(path: string, tokens: readonly string[]): boolean {
  const isRun = (at: number) => tokens[at] === '*' || tokens[at] === '**';
  const skipRuns = (places: Set<number>) => {
    for (const at of places) if (isRun(at)) places.add(at + 1);
    return places;
  };
  let places = skipRuns(new Set([0]));
  for (const character of path) {
    const next = new Set<number>();
    for (const at of places) {
      const token = tokens[at];
      if (token === '**' || (token === '*' && character !== '/')) next.add(at);
      else if (token === character || (token === '?' && character !== '/')) next.add(at + 1);
    }
    places = skipRuns(next);
  }
  return places.has(tokens.length);
}

/** `*` is anything within a part of the path, `**` anything at all, `?` one character. */
export function matchesGlob(pathname: string, glob: string): boolean {
  const tokens = tokensOf(glob);
  return matches(pathname, tokens) || (pathname.length > 1 && pathname.endsWith('/') && matches(pathname.slice(0, -1), tokens));
}
