import type { CallActor, PluginContext, z } from '@plugboard/sdk';
import { notFound, refused } from '../fields.ts';
import { byId } from '../ids.ts';
import { reachOf } from '../reach.ts';
import { compareResults, presentCase, presentRun } from './bench.presenter.ts';
import {
  caseBody, caseListQuery, casePageSchema, casePatch, caseSchema, compareQuery, compareSchema, fromAnswerBody, importAnswer, importBody, runBody, runDetailSchema, runListQuery, runPageSchema, runSchema,
} from './bench.schema.ts';
import type { BenchCase, BenchRun, BenchStore } from './bench.store.ts';

const access = { ability: 'manage' } as const;

export interface BenchRoutes {
  store: BenchStore;
  /** Null: no such assistant, or nothing to run. */
  start(assistantId: string): Promise<BenchRun | null>;
  importCases(input: z.output<typeof importBody>, actor: CallActor): Promise<BenchCase[]>;
  /** Null: no such answer. */
  caseFromAnswer(input: z.output<typeof fromAnswerBody>, actor: CallActor): Promise<BenchCase | null>;
}

/** `/bench`: cases, runs and what changed between them. */
export async function addBenchRoutes(ctx: PluginContext, deps: BenchRoutes): Promise<void> {
  await addCaseRoutes(ctx, deps);
  await addRunRoutes(ctx, deps);
}

async function addCaseRoutes(ctx: PluginContext, { store, importCases, caseFromAnswer }: BenchRoutes): Promise<void> {
  const need = async (id: string, actor: CallActor): Promise<BenchCase> => {
    const found = await store.caseById(id);
    if (!found || !(await reachOf(ctx, actor)).has(found.brandId)) throw notFound();
    return found;
  };
  const needBrand = async (brandId: string, actor: CallActor): Promise<void> => {
    if (!(await reachOf(ctx, actor)).has(brandId)) throw refused('brandId', 'unknown');
  };

  await ctx.routes.add({
    method: 'get', path: '/bench/cases', summary: 'List cases of the test bench', access, query: caseListQuery, response: casePageSchema,
    async handle({ query, actor }) {
      const page = await store.cases({ ...query, reach: await reachOf(ctx, actor) });
      return { body: { data: page.data.map(presentCase), nextCursor: page.nextCursor } };
    },
  });

  await ctx.routes.add({
    method: 'post', path: '/bench/cases', summary: 'Add a case to the test bench', access, body: caseBody, response: caseSchema,
    async handle({ body, actor }) {
      await needBrand(body.brandId, actor);
      return { status: 201, body: presentCase(await store.addCase({ ...body, operatorId: actor.type === 'operator' ? actor.id : null })) };
    },
  });

  await ctx.routes.add({
    method: 'post', path: '/bench/cases/import', summary: 'Make cases of resolved conversations; they begin switched off', access, body: importBody, response: importAnswer, perMinute: 10,
    handle: async ({ body, actor }) => ({ status: 201, body: { data: (await importCases(body, actor)).map(presentCase) } }),
  });

  await ctx.routes.add({
    method: 'post', path: '/bench/cases/from-answer', summary: 'Make a case of an answer that was given', access, body: fromAnswerBody, response: caseSchema,
    async handle({ body, actor }) {
      const made = await caseFromAnswer(body, actor);
      if (!made) throw notFound();
      return { status: 201, body: presentCase(made) };
    },
  });

  await ctx.routes.add({
    method: 'patch', path: '/bench/cases/:id', summary: 'Change a case of the test bench', access, params: byId, body: casePatch, response: caseSchema,
    async handle({ params, body, actor }) {
      const present = await need(params.id, actor);
      if ((body.expect ?? present.expect) === 'answer' && (body.facts ?? present.facts).length === 0) throw refused('facts', 'required');
      if (body.brandId) await needBrand(body.brandId, actor);
      return { body: presentCase(await store.changeCase(present, { ...body, ...(actor.type === 'operator' ? { operatorId: actor.id } : {}) })) };
    },
  });

  await ctx.routes.add({
    method: 'delete', path: '/bench/cases/:id', summary: 'Delete a case of the test bench', access, params: byId,
    async handle({ params, actor }) {
      if (!await store.removeCase((await need(params.id, actor)).id)) throw notFound();
      return { status: 204 };
    },
  });
}

async function addRunRoutes(ctx: PluginContext, { store, start }: BenchRoutes): Promise<void> {
  const need = async (id: string): Promise<BenchRun> => {
    const run = await store.run(id);
    if (!run) throw notFound();
    return run;
  };
  const present = async (run: BenchRun) => presentRun(run, run.state === 'done' ? run.caseCount : await store.countResults(run.id));

  await ctx.routes.add({
    method: 'get', path: '/bench/runs', summary: 'List runs of the test bench', access, query: runListQuery, response: runPageSchema,
    async handle({ query }) {
      const page = await store.runs(query);
      return { body: { data: await Promise.all(page.data.map(present)), nextCursor: page.nextCursor } };
    },
  });

  await ctx.routes.add({
    method: 'post', path: '/bench/runs', summary: 'Run the test bench for an assistant', access, body: runBody, response: runSchema, perMinute: 20,
    async handle({ body }) {
      const run = await start(body.assistantId);
      if (!run) throw refused('assistantId', 'no_cases', 409);
      return { status: 202, body: await present(run) };
    },
  });

  await ctx.routes.add({
    method: 'get', path: '/bench/runs/:id', summary: 'Read a run with the result of each case', access, params: byId, response: runDetailSchema,
    async handle({ params }) {
      const run = await need(params.id);
      return { body: { ...await present(run), results: await store.results(run.id) } };
    },
  });

  await ctx.routes.add({
    method: 'get', path: '/bench/comparison', summary: 'Compare two runs case by case', access, query: compareQuery, response: compareSchema,
    async handle({ query }) {
      const [before, after] = [await need(query.before), await need(query.after)];
      return { body: { before: await present(before), after: await present(after), cases: compareResults(await store.results(before.id), await store.results(after.id)) } };
    },
  });
}
