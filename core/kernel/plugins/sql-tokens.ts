/** A piece of an SQL statement. Words keep their case in `text`; `upper` is for comparing keywords. */
export interface SqlToken { kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol'; text: string; upper: string }

/** A statement that is refused before it reaches the database. */
export class SqlRefused extends Error {
  constructor(reason: string) {
    super(`refused SQL: ${reason}`);
    this.name = 'SqlRefused';
  }
}

const pattern = /\s+|(?<comment>--|\/\*|\*\/|#)|(?<string>'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z_@$\u0080-\uffff][\w@$\u0080-\uffff]*)|(?<symbol>[-+*/%=<>!|&~^?:.,();])/y;

/**
 * Cuts a statement so that no engine reads it otherwise: comments are refused (MySQL runs some), and so is a backslash,
 * which ends a string in one engine and not in the other.
 */
export function tokenize(sql: string): SqlToken[] {
  if (sql.includes('\\')) throw new SqlRefused('a backslash; give values as bindings');
  if (sql.includes('\0')) throw new SqlRefused('a NUL');
  const tokens: SqlToken[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < sql.length) {
    const groups = pattern.exec(sql)?.groups;
    if (!groups) throw new SqlRefused('something that is no SQL');
    if (groups.comment) throw new SqlRefused('a comment');
    const kind = (['string', 'quoted', 'number', 'word', 'symbol'] as const).find((name) => groups[name] !== undefined);
    if (!kind) continue;
    const raw = groups[kind] ?? '';
    const text = kind === 'quoted' ? raw.slice(1, -1) : raw;
    tokens.push({ kind, text, upper: kind === 'word' ? text.toUpperCase() : text });
  }
  return tokens;
}
