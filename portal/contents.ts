/** Marks in the table of contents which part is being read. */
export function followReading(contents: HTMLElement | null): void {
  const links = new Map([...contents?.querySelectorAll<HTMLAnchorElement>('a[href^="#"]') ?? []].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...links.keys()].flatMap((id) => document.getElementById(id) ?? []);
  if (headings.length === 0) return;
  const mark = (): void => {
    const line = innerHeight / 4;
    const current = headings.findLast((heading) => heading.getBoundingClientRect().top <= line)?.id ?? headings[0]?.id;
    for (const [id, link] of links) {
      if (id === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  let isAsked = false;
  addEventListener('scroll', () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      mark();
    });
  }, { passive: true });
  mark();
}
