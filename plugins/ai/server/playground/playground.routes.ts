import type { CallActor, PluginContext, z } from '@plugboard/sdk';
import { notFound } from '../fields.ts';
import { byId } from '../ids.ts';
import { playgroundBody, type playgroundAnswer, type PlaygroundBody } from './playground.schema.ts';

const access = { ability: 'manage' } as const;

export type PlaygroundDone = z.output<typeof playgroundAnswer>;
/** Makes an answer that nobody gets; pieces go to `emit`. */
export type Try = (emit: (text: string) => Promise<void>, signal: AbortSignal) => Promise<PlaygroundDone>;
export interface PlaygroundRoutes {
  ask(body: PlaygroundBody, actor: CallActor): Promise<Try>;
  /** The turn as it was, by the assistant as it is now. Null: no such turn, or its conversation is gone. */
  replay(runId: string, actor: CallActor): Promise<Try | null>;
}

/** `/playground`: tries settings; `/turns/<id>/replay`: asks what was asked once more. */
export async function addPlaygroundRoutes(ctx: PluginContext, { ask, replay }: PlaygroundRoutes): Promise<void> {
  await ctx.routes.add({
    method: 'post', path: '/playground', summary: 'Ask an assistant with settings that need not be saved', access, body: playgroundBody,
    handle: async ({ body, actor }, { signal }) => ({ stream: lines(ctx, await ask(body, actor), signal) }),
  });

  await ctx.routes.add({
    method: 'post', path: '/turns/:id/replay', summary: 'Ask once more what was asked in a turn; nobody gets the answer', access, params: byId,
    async handle({ params, actor }, { signal }) {
      const again = await replay(params.id, actor);
      if (!again) throw notFound();
      return { stream: lines(ctx, again, signal) };
    },
  });
}

/** Lines of JSON, as they come; a pause is filled with empty lines, which keep the connection. */
async function* lines(ctx: PluginContext, work: Try, signal: AbortSignal): AsyncGenerator<string> {
  const waiting: string[] = [];
  let wake = (): void => {};
  let isOver = false;
  const push = (line: object): void => {
    waiting.push(`${JSON.stringify(line)}\n`);
    wake();
  };
  void work(async (text) => push({ text }), signal)
    .then((done) => push({ done }), (error: unknown) => {
      ctx.log.warn('the playground failed', { reason: String(error) });
      push({ problem: { code: 'failed' } });
    }).finally(() => {
      isOver = true;
      wake();
    });
  while (!isOver || waiting.length > 0) {
    const line = waiting.shift();
    if (line !== undefined) yield line;
    else if (!isOver) {
      const isWoken = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), 5_000);
        wake = () => { clearTimeout(timer); resolve(true); };
      });
      if (!isWoken) yield '\n';
    }
  }
}
