const channel = (hex: string, at: number) => {
  const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
const luminance = (hex: string) => 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);

/** Which of white and black reads better on a colour (`#rrggbb`), and by what ratio (WCAG 2). */
export function readableOn(hex: string): { ink: 'white' | 'black'; color: string; ratio: number; isStrong: boolean } {
  const light = 1.05 / (luminance(hex) + 0.05);
  const dark = (luminance(hex) + 0.05) / 0.05;
  const ink = light >= 4.5 || light >= dark ? 'white' : 'black';
  const ratio = ink === 'white' ? light : dark;
  return { ink, color: ink, ratio, isStrong: ratio >= 4.5 };
}
