const units = ['byte', 'kilobyte', 'megabyte'] as const;

/** A file's size as a person reads it. */
export function fileSize(bytes: number, locale: string): string {
  const step = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return new Intl.NumberFormat(locale, { style: 'unit', unit: units[step], maximumFractionDigits: step === 2 ? 1 : 0 }).format(bytes / 1_000 ** step);
}
