import type {
  AssistantProvider, AutomationPart, ChannelProvider, CommandProvider, EmailTemplate, IdentityProvider, ModelProvider, PanelProvider, ProviderCall, SearchProvider, ToolProvider,
} from '@plugboard/sdk';
import type { ShippedTexts } from '../mail/template/shipped-texts.ts';
import type { PluginTexts } from './plugin-texts.ts';

/** A mail template with the texts that the plugin ships, and those that name it. */
export interface RegisteredTemplate extends EmailTemplate { readonly kind: string; readonly pluginId: string; readonly texts: ShippedTexts; readonly pluginTexts: PluginTexts }

/** A tool with its input as JSON schema, and with the texts that name it. `check` reads an input by the plugin's own schema. */
export interface RegisteredTool extends ToolProvider<never> {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly pluginName: string;
  readonly pluginTexts: PluginTexts;
  check(input: unknown, call: ProviderCall): Promise<{ data: never } | { issues: { path: string; message: string }[] }>;
}

/** What core calls by id. Functions in it already run under the plugin's name, time limit and breaker. */
export interface ProviderKinds {
  channel: ChannelProvider;
  assistant: AssistantProvider;
  model: ModelProvider;
  tool: RegisteredTool;
  panel: PanelProvider & { place: 'conversation' | 'contact' };
  search: SearchProvider;
  command: CommandProvider;
  identity: IdentityProvider;
  'email-template': RegisteredTemplate;
  'automation-trigger': AutomationPart<never>;
  'automation-condition': AutomationPart<never>;
  'automation-action': AutomationPart<never>;
}
export type ProviderKind = keyof ProviderKinds;

/** `id` is the provider's own for channels, assistants and models, and `<plugin>.<id>` for what several plugins may name alike. */
export interface Provided<K extends ProviderKind> { readonly pluginId: string; readonly id: string; readonly provider: ProviderKinds[K] }

/** Providers of the plugins that are active in this process. */
export interface Providers {
  get<K extends ProviderKind>(kind: K, id: string): Provided<K> | undefined;
  list<K extends ProviderKind>(kind: K): Provided<K>[];
}

const globallyNamed = new Set<ProviderKind>(['channel', 'assistant', 'model', 'search']);

/** The registry that the host fills and empties. */
export class ProviderRegistry implements Providers {
  readonly #kinds = new Map<ProviderKind, Map<string, Provided<ProviderKind>>>();

  get<K extends ProviderKind>(kind: K, id: string): Provided<K> | undefined {
    return this.#kinds.get(kind)?.get(id) as Provided<K> | undefined;
  }

  list<K extends ProviderKind>(kind: K): Provided<K>[] {
    return [...(this.#kinds.get(kind)?.values() ?? [])] as Provided<K>[];
  }

  /** Answers the function that takes it away. Throws when the id is taken. */
  add<K extends ProviderKind>(kind: K, pluginId: string, localId: string, provider: ProviderKinds[K]): () => void {
    const id = globallyNamed.has(kind) ? localId : `${pluginId}.${localId}`;
    const ofKind = this.#kinds.get(kind) ?? new Map<string, Provided<ProviderKind>>();
    this.#kinds.set(kind, ofKind);
    const taken = ofKind.get(id);
    if (taken) throw new Error(`${kind} ${id} is already provided by ${taken.pluginId}`);
    ofKind.set(id, { pluginId, id, provider });
    return () => void ofKind.delete(id);
  }
}
