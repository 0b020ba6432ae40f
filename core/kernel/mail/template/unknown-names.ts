import { AssignTag, ForTag, toValueSync, TypeGuards, Value, type Template } from 'liquidjs';

/** What is known of a name: its made-up value, or nothing more than that it is there. */
const anything = Symbol('anything');
type Names = ReadonlyMap<string, unknown>;
type Segment = string | number | typeof anything;
interface Path { segments: Segment[]; text: string; line: number }

export interface UnknownName { name: string; line: number }

/** Names in a template that its sample does not have, in every branch, also in those that no mail takes. */
export function findUnknownNames(templates: readonly Template[], sample: Record<string, unknown>): UnknownName[] {
  const found: UnknownName[] = [];
  walk(templates, new Map(Object.entries(sample)), found);
  return found;
}

function walk(templates: readonly Template[], outer: Names, found: UnknownName[]): void {
  const names = new Map(outer);
  for (const template of templates) {
    for (const argument of template.arguments?.() ?? []) {
      for (const path of pathsOf(argument)) if (valueAt(path, names) === undefined) found.push({ name: path.text, line: path.line });
    }
    const inner = template.children ? toValueSync(template.children(false, true)) : [];
    walk(inner, template instanceof ForTag ? within(template, names) : names, found);
    if (template instanceof AssignTag) for (const { content } of template.localScope()) names.set(content, anything);
  }
}

/** In a loop its variable is one entry of the list. */
function within(loop: ForTag, names: Names): Names {
  const [path] = TypeGuards.isPropertyAccessToken(loop.collection) ? pathsOf(loop.collection) : [];
  const list = path ? valueAt(path, names) : anything;
  return new Map([...names, [loop.variable, Array.isArray(list) ? list[0] ?? anything : anything], ['forloop', anything]]);
}

/** The made-up value of a path; undefined where the sample has none. */
function valueAt({ segments: [root, ...rest] }: Path, names: Names): unknown {
  if (typeof root !== 'string') return anything;
  let value: unknown = names.has(root) ? names.get(root) ?? null : undefined;
  for (const segment of rest) {
    if (value === undefined || value === anything || segment === anything) return value === undefined ? undefined : anything;
    value = partOf(value, segment);
  }
  return value;
}

function partOf(value: unknown, segment: string | number): unknown {
  const isCount = segment === 'size' && (typeof value === 'string' || typeof value === 'object');
  if (Array.isArray(value)) return isCount ? value.length : typeof segment === 'number' || /^(?:first|last|-?\d+)$/.test(segment) ? value[0] ?? anything : undefined;
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, segment)) return (value as Record<string, unknown>)[segment] ?? null;
  return isCount && value !== null ? 0 : undefined;
}

function pathsOf(argument: unknown): Path[] {
  if (argument instanceof Value) {
    const filtered = argument.filters.flatMap(({ args }) => args.flatMap((arg) => pathsOf(Array.isArray(arg) ? arg[1] : arg)));
    return [...argument.initial.postfix.flatMap((token) => pathsOf(token)), ...filtered];
  }
  if (TypeGuards.isRangeToken(argument)) return [...pathsOf(argument.lhs), ...pathsOf(argument.rhs)];
  if (!TypeGuards.isPropertyAccessToken(argument)) return [];
  const inner = argument.props.filter((prop) => TypeGuards.isPropertyAccessToken(prop));
  const segments = argument.props.map((prop): Segment => (TypeGuards.isQuotedToken(prop) || TypeGuards.isNumberToken(prop) || TypeGuards.isWordToken(prop) ? prop.content : anything));
  return [{ segments, text: argument.getText(), line: argument.getPosition()[0] ?? 1 }, ...inner.flatMap((prop) => pathsOf(prop))];
}
