import { contrast, inkOn, luminance } from '../color.ts';

type Mode = 'system' | 'light' | 'dark';
const fallback = '#2b59d9';

/** Puts the brand's colour, an ink that can be read on it, and the colour mode on the page. */
export function paint(root: HTMLElement, color: string, mode: Mode): { use(mode: Mode): void } {
  const brand = /^#[0-9a-f]{6}$/i.test(color) ? color : fallback;
  root.style.setProperty('--brand', brand);
  const ink = inkOn(brand);
  root.style.setProperty('--brand-ink', ink);
  root.style.setProperty('--brand-depth', ink === '#ffffff' ? '#000000' : '#ffffff');
  root.classList.toggle('brand-is-dark', contrast(luminance(brand), 0) < 3);
  root.classList.toggle('brand-is-light', contrast(luminance(brand), 1) < 3);

  const system = matchMedia('(prefers-color-scheme: dark)');
  let wanted = mode;
  const apply = () => { root.dataset.mode = wanted === 'system' ? (system.matches ? 'dark' : 'light') : wanted; };
  system.addEventListener('change', apply);
  apply();
  return { use(next) { wanted = next; apply(); } };
}
