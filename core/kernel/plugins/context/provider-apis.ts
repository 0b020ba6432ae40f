import type { PluginContext, ProviderCall, ReceiveAck, ReceivedMessage, ToolProvider } from '@plugboard/sdk';
import { notFound } from '../../errors.ts';
import type { PluginInstance } from '../plugin-instance.ts';
import type { ProviderKind, ProviderKinds, ProviderRegistry, RegisteredTool } from '../providers.ts';
import { toolSchemaOf } from '../tool-input.ts';
import { bindFunctions, bindStream } from './bind-provider.ts';

const callMs = 30_000;
/** One turn of an assistant, see docs/limits.md. */
const turnMs = 60_000;
const cardMs = 5_000;
const previewMs = 10_000;
const identityMs = 5_000;

type ProviderApis = Pick<PluginContext, 'channels' | 'assistants' | 'models' | 'tools' | 'panels' | 'search' | 'commands' | 'automation' | 'identity'>;

interface DeskCalls { receive(channelId: string, message: ReceivedMessage): Promise<ReceiveAck>; runs: PluginContext['assistants']['runs'] }

/** What core calls by id. Every function given here is bound to the plugin before core sees it. */
export function createProviderApis(instance: PluginInstance, providers: ProviderRegistry, { receive, runs }: DeskCalls): ProviderApis {
  const provide = <K extends ProviderKind>(kind: K, id: string, provider: ProviderKinds[K]): void => {
    instance.live();
    instance.onIntakeStop(providers.add(kind, instance.id, id, provider));
    instance.added.providers.push(`${kind} ${id}`);
  };
  const bound = <P extends object>(kind: ProviderKind, id: string, provider: P, timeoutMs = callMs): P => bindFunctions(instance, `${kind} ${id}`, provider, timeoutMs);
  return {
    channels: {
      async register(provider) {
        instance.need('messages:write');
        provide('channel', provider.id, bound('channel', provider.id, provider));
        return { receive: (message) => receive(provider.id, message) };
      },
    },
    assistants: {
      async register(provider) {
        instance.need('messages:read');
        provide('assistant', provider.id, bound('assistant', provider.id, provider, turnMs));
      },
      runs,
    },
    models: modelApi(instance, providers, provide),
    tools: { register: async (provider) => provide('tool', provider.name, bindTool(instance, provider as never)) },
    panels: {
      async register(place, provider) {
        const actions = Object.fromEntries(Object.entries(provider.actions ?? {}).map(([name, action]) => [name, bound('panel', `${provider.id} ${name}`, action)]));
        provide('panel', provider.id, { ...bound('panel', provider.id, provider, cardMs), actions, place });
      },
    },
    identity: {
      async register(provider) {
        // Whoever it vouches for becomes that person.
        instance.need('contacts:write');
        provide('identity', provider.id, bound('identity', provider.id, provider, identityMs));
      },
    },
    search: { provider: async (provider) => provide('search', provider.id, bound('search', provider.id, provider)) },
    commands: { add: async (command) => provide('command', command.id, bound('command', command.id, command)) },
    automation: {
      trigger: async (part) => provide('automation-trigger', part.id, bound('automation-trigger', part.id, part) as never),
      condition: async (part) => provide('automation-condition', part.id, bound('automation-condition', part.id, part) as never),
      action: async (part) => provide('automation-action', part.id, bound('automation-action', part.id, part) as never),
    },
  };
}

/** A preview is waited for by whoever asks: it has less time than the call itself. */
function bindTool(instance: PluginInstance, provider: ToolProvider<never>): RegisteredTool {
  const { preview, run, ...rest } = provider;
  const point = `tool ${provider.name}`;
  const functions = bindFunctions(instance, point, { run: run.bind(provider), check: (input: unknown, _call: ProviderCall) => checkInput(provider, input) }, callMs);
  return {
    ...rest, ...functions,
    ...(preview ? bindFunctions(instance, point, { preview: preview.bind(provider) as ToolProvider["preview"] & {} }, previewMs) : {}),
    schema: toolSchemaOf(provider),
    pluginName: instance.manifest.name,
    pluginTexts: instance.found.texts,
  };
}

async function checkInput(provider: ToolProvider<never>, input: unknown): Promise<{ data: never } | { issues: { path: string; message: string }[] }> {
  const result = await provider.input.safeParseAsync(input);
  return result.success ? { data: result.data } : { issues: result.error.issues.slice(0, 10).map(({ path, message }) => ({ path: path.join('.'), message })) };
}

type Provide = <K extends ProviderKind>(kind: K, id: string, provider: ProviderKinds[K]) => void;

function modelApi(instance: PluginInstance, providers: ProviderRegistry, provide: Provide): PluginContext['models'] {
  return {
    async register(provider) {
      const { generate, ...rest } = provider;
      provide('model', provider.id, { ...bindFunctions(instance, `model ${provider.id}`, rest, callMs), ...(generate ? { generate: bindStream(instance, `model ${provider.id}`, generate.bind(provider), callMs) } : {}) });
    },
    async list() {
      instance.need('ai:use');
      return providers.list('model').map(({ id, provider: { label, kind } }) => ({ id, label, kind }));
    },
    generate(id, input) {
      instance.need('ai:use');
      const generate = providers.get('model', id)?.provider.generate;
      if (!generate) throw notFound('model');
      return generate(input, { signal: AbortSignal.timeout(turnMs), actor: { type: 'plugin', id: instance.id }, locale: 'en' });
    },
  };
}
