import { Context, Liquid, LiquidError, toValueSync, type Template } from 'liquidjs';
import type { MailValues } from './mail-values.ts';
import { TemplateProblem, type TemplateField } from './template-problem.ts';

/** Whose eyes a mail is for. */
export interface Reader { locale: string; timeZone: string }

const tags = new Set(['assign', 'for', 'break', 'continue', 'case', 'if', 'unless', 'comment', 'raw', '#']);
const filters = new Set([
  'append', 'prepend', 'capitalize', 'upcase', 'downcase', 'strip', 'truncate', 'truncatewords', 'default', 'size', 'first', 'last', 'join', 'reverse',
  'plus', 'minus', 'times', 'divided_by', 'modulo', 'round', 'ceil', 'floor', 'abs', 'at_least', 'at_most',
]);
/** Characters that one template may become, before its values are put in. */
const maxOutput = 200_000;
const limits = { parseLimit: 60_000, renderLimit: 2_000, memoryLimit: 200_000 };
const noFiles = {
  exists: async () => false, existsSync: () => false, resolve: () => '', contains: async () => false, containsSync: () => false,
  readFile: () => Promise.reject(new Error('there are no files')), readFileSync: () => { throw new Error('there are no files'); },
};

/** The little language of mail templates: conditions, loops and values. No files, no clock, nothing of the process. */
export class TemplateLanguage {
  readonly #engine: Liquid;

  constructor(reader: Reader, values: MailValues) {
    const engine = new Liquid({
      ...limits, fs: noFiles, templates: {}, dynamicPartials: false, relativeReference: false, strictFilters: true, strictVariables: false, lenientIf: true, ownPropertyOnly: true,
      outputEscape: (value: unknown) => values.put(value),
    });
    for (const name of Object.keys(engine.tags)) if (!tags.has(name)) delete engine.tags[name];
    for (const name of Object.keys(engine.filters)) if (!filters.has(name)) engine.unregisterFilter(name);
    engine.registerFilter('formatted', { handler: (value: unknown) => values.put(value, 'formatted'), raw: true });
    for (const [name, style] of Object.entries(moments)) engine.registerFilter(name, (value: unknown) => moment(value, reader, style));
    this.#engine = engine;
  }

  /** Throws `TemplateProblem` for a mistake. */
  parse(field: TemplateField, source: string): Template[] {
    return this.#guard(field, () => this.#engine.parse(source.replace(/[\uFDD0\uFDD1]/g, '')));
  }

  /** The text with a mark for each value. */
  render(field: TemplateField, templates: Template[], scope: Record<string, unknown>): string {
    return this.#guard(field, () => {
      const context = new Context(scope, this.#engine.options, { sync: true });
      const emitter = new BoundedEmitter();
      toValueSync(this.#engine.renderer.renderTemplates(templates, context, emitter));
      return emitter.buffer;
    });
  }

  #guard<T>(field: TemplateField, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw problemOf(field, error);
    }
  }
}

class BoundedEmitter {
  buffer = '';

  write(html: unknown): void {
    this.buffer += typeof html === 'string' ? html : '';
    if (this.buffer.length > maxOutput) throw new RangeError('output limit exceeded');
  }
}

function problemOf(field: TemplateField, error: unknown): TemplateProblem {
  const liquid = LiquidError.is(error) ? error as LiquidError & { originalError?: Error; token?: { getPosition(): [number, number] } } : null;
  const cause = liquid?.originalError ?? error as Error;
  const detail = cause.message.replace(/, (?:line:\d+, )?(?:file:.*|line:\d+.*)$/s, '').split('\n')[0] ?? '';
  const isLimit = cause instanceof RangeError || /limit exceeded$/.test(detail);
  return new TemplateProblem(field, isLimit ? 'template_limit' : 'template_syntax', liquid?.token?.getPosition()[0] ?? 1, detail.slice(0, 300));
}

const moments = {
  date: { dateStyle: 'medium' }, time: { timeStyle: 'short' }, datetime: { dateStyle: 'medium', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A time in the reader's language and time zone. What is no time stays as it is. */
function moment(value: unknown, { locale, timeZone }: Reader, style: Intl.DateTimeFormatOptions): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? value : new Intl.DateTimeFormat(locale, { ...style, timeZone }).format(at);
}
