/** JSON values by name, of the desk or of a plugin (`plugin:<id>`), global or for one brand. Cached; a change reaches other processes by hint, at most 2 s late. */
export interface Settings {
  get<T>(scope: string, key: string, brandId?: number): Promise<T | undefined>;
  all(scope: string, brandId?: number): Promise<Record<string, unknown>>;
  set(scope: string, values: Record<string, unknown>, brandId?: number): Promise<void>;
  remove(scope: string, keys?: string[], brandId?: number): Promise<void>;
  onChange(scope: string, handler: () => void): () => void;
}
