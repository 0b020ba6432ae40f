import type {
  AssistantProvider, AutomationPart, ChannelProvider, CommandProvider, EmailTemplate, HookCall, IdentityProvider, JobContext, ModelProvider, PanelProvider,
  PluginRoute, RealtimeNamespace, SearchProvider, ToolProvider, WebhookReceiver,
} from '../index.ts';

type AnyHandler = (...args: never[]) => unknown;

/** Everything that one set-up registered. Each entry goes away with the plugin, as in the desk. */
export class Registry {
  readonly filters = new Map<string, { priority: number; handler: AnyHandler }[]>();
  readonly guards = new Map<string, { priority: number; handler: AnyHandler }[]>();
  readonly events = new Map<string, AnyHandler[]>();
  readonly routes: PluginRoute[] = [];
  readonly jobs = new Map<string, (data: never, job: JobContext) => Promise<void>>();
  readonly crons = new Map<string, { pattern: string; handler: (job: JobContext) => Promise<void> }>();
  readonly webhooks = new Map<string, WebhookReceiver>();
  readonly namespaces = new Map<string, RealtimeNamespace<never>>();
  readonly channels = new Map<string, ChannelProvider>();
  readonly assistants = new Map<string, AssistantProvider>();
  readonly models = new Map<string, ModelProvider>();
  readonly tools = new Map<string, ToolProvider<never>>();
  readonly panels = new Map<string, PanelProvider & { place: 'conversation' | 'contact' }>();
  readonly search = new Map<string, SearchProvider>();
  readonly commands = new Map<string, CommandProvider>();
  readonly identities = new Map<string, IdentityProvider>();
  readonly templates = new Map<string, EmailTemplate>();
  readonly automation = new Map<string, AutomationPart<never>>();
  readonly disposers: (() => void | Promise<void>)[] = [];

  /** How much is registered now. */
  size(): number {
    return Object.values(this).reduce<number>((sum, part) => sum + (Array.isArray(part) ? part.length : part instanceof Map ? part.size : 0), 0);
  }

  /** Takes everything away and runs the disposers, the last one first. */
  async dispose(): Promise<void> {
    const disposers = this.disposers.splice(0).reverse();
    for (const part of Object.values(this) as unknown[]) {
      if (part instanceof Map) part.clear();
      else if (Array.isArray(part)) part.length = 0;
    }
    for (const dispose of disposers) await dispose();
  }
}

/** A call as tests give it: never aborted, made by nobody. */
export const testCall = (): HookCall => ({ signal: new AbortController().signal, actor: { type: 'nobody', id: null } });
