export interface Zone { zone: string; own: string }
export function zoneOf(path: string): Zone | null;
export function importViolation(fromPath: string, specifier: string): string | null;
