import { make, set } from '../dom.ts';
import type { Content, Operation, Parameter } from './api-document.ts';
import type { Texts } from './page-data.ts';
import { keyOf } from './request.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const exampleUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A random UUID, also where the page came over plain http and `randomUUID` is missing. */
function freshUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The body to begin with. Its UUIDs are new: the same one again would be a repeat. */
const beginning = (content: Content): string =>
  JSON.stringify(content.example ?? {}, (_, value: unknown) => (typeof value === 'string' && exampleUuid.test(value) ? freshUuid() : value), 2);

function labelled(control: Control, name: string, place: string): HTMLElement {
  control.id = `try-${place}-${name}`;
  const label = set(make('label', '', set(make('code', '', name), { dir: 'ltr' }), ' ', make('span', 'quiet', place)), { for: control.id });
  return make('div', 'field', label, control);
}

function choose(choices: readonly string[]): HTMLSelectElement {
  return make('select', '', ...['', ...choices].map((choice) => Object.assign(make('option', '', choice || '–'), { value: choice })));
}

function controlOf({ schema, required }: Parameter): HTMLInputElement | HTMLSelectElement {
  const choices = schema.type === 'boolean' ? ['true', 'false'] : schema.enum?.map(String);
  const control = choices ? choose(choices) : set(make('input', ''), { type: 'text', autocomplete: 'off', spellcheck: 'false', dir: 'ltr' });
  if (control instanceof HTMLInputElement && schema.default !== undefined) control.placeholder = String(schema.default);
  control.required = required;
  return control;
}

/** The fields of one operation and what is written in them. */
export class Fields {
  readonly elements: HTMLElement[];
  readonly #controls: Map<string, HTMLInputElement | HTMLSelectElement>;
  readonly #json: HTMLTextAreaElement | null = null;
  readonly #file: HTMLInputElement | null = null;
  readonly #texts: Texts;

  constructor(operation: Operation, texts: Texts) {
    this.#texts = texts;
    const fields = operation.parameters.map((parameter) => ({ parameter, control: controlOf(parameter) }));
    this.#controls = new Map(fields.map(({ parameter, control }) => [keyOf(parameter), control]));
    this.elements = fields.map(({ parameter, control }) => labelled(control, parameter.name, parameter.in));
    if (operation.body?.type === 'multipart/form-data') {
      this.#file = Object.assign(make('input', ''), { type: 'file', required: true });
      this.elements.push(labelled(this.#file, 'file', 'body'));
    } else if (operation.body) {
      this.#json = set(make('textarea', 'code'), { spellcheck: 'false', dir: 'ltr', rows: '8' });
      this.#json.value = beginning(operation.body);
      this.#json.rows = Math.min(16, Math.max(4, this.#json.value.split('\n').length + 1));
      this.#json.addEventListener('input', () => this.check());
      this.elements.push(labelled(this.#json, 'JSON', 'body'));
    }
  }

  /** Says at the field when what is written there is no JSON. */
  check(): void {
    if (!this.#json) return;
    try {
      JSON.parse(this.#json.value);
      this.#json.setCustomValidity('');
    } catch {
      this.#json.setCustomValidity(this.#texts.notJson);
    }
    this.#json.setAttribute('aria-invalid', String(!this.#json.validity.valid));
  }

  values(): Map<string, string> {
    return new Map([...this.#controls].map(([key, control]) => [key, control.value.trim()]));
  }

  body(): string | File | null {
    return this.#json?.value ?? this.#file?.files?.[0] ?? null;
  }
}
