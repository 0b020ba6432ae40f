import { SqlRefused, tokenize, type SqlToken } from './sql-tokens.ts';

const queries = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'REPLACE', 'WITH']);
const definitions = new Set(['CREATE', 'ALTER', 'DROP']);
/** Words after which a table is named. */
const openers = new Set(['FROM', 'JOIN', 'STRAIGHT_JOIN', 'INTO', 'UPDATE', 'TABLE', 'REFERENCES', 'USING']);
/** Words that may stand between such a word and the name. */
const fillers = new Set(['IF', 'NOT', 'EXISTS', 'ONLY', 'LATERAL', 'IGNORE', 'LOW_PRIORITY', 'QUICK', 'DELAYED', 'HIGH_PRIORITY', 'OR', 'ABORT', 'FAIL', 'ROLLBACK']);
const refused = new Set(['OUTFILE', 'DUMPFILE', 'LOAD_FILE', 'LOAD_EXTENSION', 'ATTACH', 'DETACH', 'PRAGMA', 'TRIGGER', 'VIEW', 'PROCEDURE', 'FUNCTION', 'EVENT', 'GRANT', 'SLEEP', 'BENCHMARK', 'GET_LOCK', 'VIRTUAL']);
/** Words that end the list of tables behind FROM. */
const listEnds = new Set(['WHERE', 'GROUP', 'ORDER', 'HAVING', 'LIMIT', 'SET', 'VALUES', 'SELECT', 'UNION', 'ON', 'WINDOW', 'RETURNING', 'FOR', 'DEFAULT']);

export interface SqlScan { kind: 'query' | 'definition'; tables: string[] }

/** Names every table of one statement. Where it cannot be sure, it refuses: a plugin can always write it more plainly. */
export function tablesOf(sql: string): SqlScan {
  const tokens = tokenize(sql);
  while (tokens.at(-1)?.text === ';') tokens.pop();
  if (tokens.some((token) => token.kind === 'symbol' && token.text === ';')) throw new SqlRefused('more than one statement');
  const bad = tokens.find((token) => token.kind === 'word' && (refused.has(token.upper) || token.text.startsWith('@')));
  if (bad) throw new SqlRefused(bad.text);
  const first = tokens[0]?.upper ?? '';
  if (queries.has(first)) return { kind: 'query', tables: new Scanner(tokens).scan() };
  if (definitions.has(first)) return { kind: 'definition', tables: new Scanner(tokens).scan() };
  throw new SqlRefused(first || 'nothing');
}

class Scanner {
  readonly #tokens: readonly SqlToken[];
  readonly #tables = new Set<string>();
  readonly #local: ReadonlySet<string>;
  /** For each open parenthesis: are we in a list of tables? */
  readonly #lists: boolean[] = [false];

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
    this.#local = localNames(tokens);
  }

  scan(): string[] {
    for (let index = 0; index < this.#tokens.length; index += 1) this.#look(index);
    return [...this.#tables];
  }

  #look(index: number): void {
    const token = this.#tokens[index];
    if (!token) return;
    if (token.text === '(' && token.kind === 'symbol') this.#lists.push(false);
    else if (token.text === ')' && token.kind === 'symbol') this.#lists.pop();
    else if (token.text === ',' && token.kind === 'symbol' && this.#lists.at(-1)) this.#name(index + 1);
    else if (token.kind === 'word') this.#word(index, token.upper);
  }

  #word(index: number, word: string): void {
    const before = this.#tokens[index - 1]?.upper;
    if (listEnds.has(word)) this.#lists[this.#lists.length - 1] = false;
    if (word === 'UPDATE' && (before === 'KEY' || before === 'DO' || before === 'FOR' || before === 'ON')) return;
    if (openers.has(word) || this.#isDefinitionOpener(word, before)) {
      if (word === 'USING' && this.#tokens[index + 1]?.text === '(') return;
      this.#lists[this.#lists.length - 1] = word === 'FROM' || word === 'UPDATE' || word === 'TABLE' || word === 'USING' || word.endsWith('JOIN');
      this.#name(index + 1);
    }
  }

  /** In CREATE INDEX … ON t, CREATE TABLE … LIKE t, ALTER TABLE … RENAME TO t. */
  #isDefinitionOpener(word: string, before: string | undefined): boolean {
    const first = this.#tokens[0]?.upper;
    if (word === 'ON' && before !== 'KEY') return first !== 'ALTER' && this.#tokens.slice(0, 3).some((token) => token.upper === 'INDEX');
    if (word === 'LIKE') return first === 'CREATE' && this.#tokens[1]?.upper === 'TABLE';
    return first === 'ALTER' && (word === 'TO' || (word === 'RENAME' && this.#next(word)));
  }

  #next(word: string): boolean {
    const at = this.#tokens.findIndex((token) => token.upper === word);
    return !['TO', 'COLUMN', 'INDEX', 'KEY'].includes(this.#tokens[at + 1]?.upper ?? '') && this.#tokens[at + 2]?.upper !== 'TO';
  }

  #name(start: number): void {
    let index = start;
    while (this.#tokens[index]?.kind === 'word' && fillers.has(this.#tokens[index]?.upper ?? '')) index += 1;
    const token = this.#tokens[index];
    if (token?.kind === 'symbol' && token.text === '(') return;
    if (token?.kind !== 'word' && token?.kind !== 'quoted') throw new SqlRefused(`no table name after ${this.#tokens[start - 1]?.text ?? 'the start'}`);
    const after = this.#tokens[index + 1]?.text;
    if (after === '.') throw new SqlRefused(`the qualified name ${token.text}`);
    if (this.#local.has(token.text.toLowerCase())) return;
    this.#tables.add(token.text);
  }
}

/** Names of WITH … AS ( … ). */
function localNames(tokens: readonly SqlToken[]): Set<string> {
  const names = new Set<string>();
  if (tokens[0]?.upper !== 'WITH') return names;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if ((token.kind === 'word' || token.kind === 'quoted') && next?.upper === 'AS' && tokens[index + 2]?.text === '(') names.add(token.text.toLowerCase());
  }
  return names;
}
