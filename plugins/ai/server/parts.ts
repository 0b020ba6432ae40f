import type { PluginContext } from '@plugboard/sdk';
import { AssistantStore } from './assistants/assistant.store.ts';
import { BenchStore } from './bench/bench.store.ts';
import { TurnStore } from './costs/turn.store.ts';
import { Attempts } from './escalation/attempts.store.ts';
import { Budgets } from './models/budgets.ts';
import { ModelStore } from './models/model.store.ts';
import { Writer } from './models/writer.ts';
import { QuestionStore } from './questions/question.store.ts';
import { SettingsStore } from './settings/settings.store.ts';

/** What the plugin keeps and what it writes with, made once per set-up. */
export interface Parts {
  assistants: AssistantStore; models: ModelStore; settings: SettingsStore; budgets: Budgets; writer: Writer; attempts: Attempts; turns: TurnStore; questions: QuestionStore; bench: BenchStore;
}

export function createParts(ctx: Pick<PluginContext, 'db' | 'secrets' | 'http' | 'log'>): Parts {
  const models = new ModelStore(ctx.db, ctx.secrets);
  const settings = new SettingsStore(ctx.db);
  const budgets = new Budgets(ctx.db, () => settings.get());
  return {
    assistants: new AssistantStore(ctx.db), models, settings, budgets, writer: new Writer(ctx, models, budgets), attempts: new Attempts(ctx.db), turns: new TurnStore(ctx.db), questions: new QuestionStore(ctx.db), bench: new BenchStore(ctx.db),
  };
}
