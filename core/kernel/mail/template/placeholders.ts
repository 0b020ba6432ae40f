/** A name that a template may use, with a made-up value. */
export interface Placeholder {
  name: string;
  sample: string;
  isList: boolean;
  /** Of a list of things: what each of them has. */
  fields?: Placeholder[];
}

const maxSample = 200;
const maxDepth = 4;

/** The names in a sample: `contact.name`, and lists with what is in each entry. */
export function placeholdersOf(sample: Record<string, unknown>): Placeholder[] {
  return named(sample, '', 0);
}

function named(value: Record<string, unknown>, prefix: string, depth: number): Placeholder[] {
  return Object.entries(value).flatMap(([key, inner]): Placeholder[] => {
    const name = prefix + key;
    if (Array.isArray(inner)) return [listOf(name, inner, depth)];
    if (isObject(inner)) return depth < maxDepth ? named(inner, `${name}.`, depth + 1) : [];
    return [{ name, sample: shown(inner), isList: false }];
  });
}

function listOf(name: string, list: readonly unknown[], depth: number): Placeholder {
  const [first] = list;
  const fields = isObject(first) && depth < maxDepth ? named(first, '', depth + 1) : null;
  return { name, sample: isObject(first) ? String(list.length) : list.map(shown).join(', ').slice(0, maxSample), isList: true, ...(fields ? { fields } : {}) };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const shown = (value: unknown): string => (value === null || value === undefined || typeof value === 'object' ? '' : String(value).slice(0, maxSample));
