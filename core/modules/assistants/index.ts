import type { Kernel } from '../../kernel/context.ts';
import { defineModule, type Module } from '../../kernel/module.ts';
import type { Providers } from '../../kernel/plugins/providers.ts';
import { speakerTopic, type SpeakerPayload } from '../conversations/index.ts';
import { sendStreamed, streamTopic, type StreamHint } from './answer-stream.ts';
import { Assistants } from './assistant-accounts.ts';
import { assistantHooks } from './assistant.hooks.ts';
import { assistantPolicies } from './assistant.policy.ts';
import { assistantRoutes } from './assistants.routes.ts';
import { AssistantEngine } from './engine.ts';
import type { TurnTools } from './turn-tools.ts';

export { giveToPeople } from './give-to-people.ts';
export { followAnswer } from './follow-answer.ts';
export { createPluginRuns } from './plugin-runs.ts';
export { rateAsContact } from './rate-answer.ts';
export { noTools, type TurnTools, type TurnToolCall } from './turn-tools.ts';

interface Started { assistants: Assistants; engine: AssistantEngine }
const started = new WeakMap<Kernel, Started>();

/** Who looks after a new conversation, if an assistant does: the one that was named, or the brand's default one. */
export async function assistantFor(kernel: Kernel, brandUid: string, wanted: boolean | string): Promise<{ id: number; answers: boolean } | null> {
  const known = await started.get(kernel)?.assistants.forBrand(brandUid, wanted);
  return known ? { id: known.operator.id, answers: known.account.mode === 'answer' } : null;
}

/** Assistants of plugins: their accounts, their turns under the speaker lease, and what people ask of them. */
export function createAssistantsModule(providers: () => Providers, tools: TurnTools): Module {
  let running: Started | null = null;
  const there = (): Started => {
    if (!running) throw new Error('the assistants have not started');
    return running;
  };
  return defineModule({
    id: 'assistants',
    routes: assistantRoutes({ assistants: () => there().assistants, engine: () => there().engine, tools }),
    policies: assistantPolicies,
    hooks: assistantHooks,
    broadcasts: { [speakerTopic]: async ({ payload }) => running?.engine.speakerChanged(payload as unknown as SpeakerPayload) },
    start(kernel) {
      const assistants = new Assistants(kernel, providers);
      running = { assistants, engine: new AssistantEngine(kernel, assistants, tools) };
      started.set(kernel, running);
      running.engine.start();
      kernel.bus.subscribe(streamTopic, (hint) => sendStreamed(kernel, hint as StreamHint));
    },
  });
}
