import { contrast, inkOn, luminance } from '../color.ts';

export type Mode = 'system' | 'light' | 'dark';
const fallback = '#2b59d9';

/** Puts the brand's colour and an ink that can be read on it on the page. */
export function paint(root: HTMLElement, color: string): void {
  const brand = /^#[0-9a-f]{6}$/i.test(color) ? color : fallback;
  root.style.setProperty('--brand', brand);
  const ink = inkOn(brand);
  root.style.setProperty('--brand-ink', ink);
  root.style.setProperty('--brand-depth', ink === '#ffffff' ? '#000000' : '#ffffff');
  root.classList.toggle('brand-is-dark', contrast(luminance(brand), 0) < 3);
  root.classList.toggle('brand-is-light', contrast(luminance(brand), 1) < 3);
}

/** Light or dark, as wanted or as the system has it. */
export function followMode(root: HTMLElement, wanted: () => Mode): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const mode = wanted();
    root.dataset.mode = mode === 'system' ? (system.matches ? 'dark' : 'light') : mode;
  };
  system.addEventListener('change', apply);
  return apply;
}
