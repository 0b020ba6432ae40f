import { PluginError, z } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { createDefaultWidgets } from './default-widgets.ts';
import { iconShape } from './icons.ts';
import { dropSecret, makeSecret } from './secrets.ts';
import { changedWidget } from './widget.change.ts';
import { presentWidget } from './widget.presenter.ts';
import { changeWidgetBody, createWidgetBody, idSchema, newSecretAnswer, newSecretBody, slugSchema, widgetListQuery, widgetPageSchema, widgetSchema } from './widget.schema.ts';
import type { ChangeWidget, CreateWidget, Widget, WidgetConfig } from './widget.schema.ts';
import { configOf } from './widget.store.ts';
import type { WidgetStore, WriteRefusal } from './widget.store.ts';

const claim = '/api/v1/widgets';
const access = { ability: 'widgets.manage' } as const;
const byId = z.strictObject({ id: idSchema });
const saveTries = 5;

const refuse = (status: number, code: string, path: string) => new PluginError(status === 400 ? 'invalid' : code, status, { errors: [{ path, code, message: code }] });
const slugTaken = () => refuse(409, 'slug_taken', 'slug');
const aliasTaken = (index: number) => refuse(409, 'alias_taken', `aliases.${index}`);
const unknown = (path: string) => refuse(400, 'unknown', path);
const stale = (widget: Widget) => new PluginError('stale', 409, { widget: presentWidget(widget) });

const isWidget = (written: Widget | WriteRefusal): written is Widget => 'id' in written;
const takenBy = (refusal: WriteRefusal, aliases: string[]) => ('taken' in refusal && refusal.taken === 'alias' ? aliasTaken(aliases.indexOf(refusal.alias)) : slugTaken());

/** A readable slug from a widget's name; a random tail where the name has no Latin letter or the slug is taken. */
function slugFrom(name: string, tail: string): string {
  const words = name.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50).replace(/-+$/, '');
  return [words || 'chat', tail].filter(Boolean).join('-');
}

async function create(store: WidgetStore, body: CreateWidget): Promise<Widget> {
  const slugs = body.slug ? [body.slug] : ['', crypto.randomUUID().slice(0, 8)].map((tail) => slugFrom(body.name, tail));
  let refusal: WriteRefusal = { taken: 'slug' };
  for (const slug of slugs.filter((candidate) => slugSchema.safeParse(candidate).success)) {
    const written = await store.create({ name: body.name, brandId: body.brandId, slug, config: configOf(body) });
    if (isWidget(written)) return written;
    refusal = written;
  }
  throw takenBy(refusal, body.aliases);
}

/** Icons that are named, each with where it stands. */
function iconsOf(config: Pick<WidgetConfig, 'appearance' | 'conversationButtons' | 'selfServiceLinks' | 'externalLinks'>): [string, string][] {
  const parts = (['conversationButtons', 'selfServiceLinks', 'externalLinks'] as const)
    .flatMap((list) => config[list].map(({ icon }, index): [string, string | null] => [`${list}.${index}.icon`, icon]));
  return [['appearance.buttonIcon', config.appearance.buttonIcon] as [string, string | null], ...parts].flatMap(([path, icon]) => (icon === null ? [] : [[path, icon]]));
}

/** Refuses what a widget can't refer to. What it had before may stay: a department that is gone now must not lock the form. */
async function checkReferences(ctx: PluginContext, store: WidgetStore, input: { brandId: string; slug?: string | undefined } & WidgetConfig, before?: Widget): Promise<void> {
  if (!(await ctx.brands.list()).some((brand) => brand.id === input.brandId)) throw unknown('brandId');
  const departments = new Set((await ctx.departments.list()).map((department) => department.id));
  for (const button of before?.conversationButtons ?? []) if (button.departmentId) departments.add(button.departmentId);
  input.conversationButtons.forEach((button, index) => {
    if (button.departmentId && !departments.has(button.departmentId)) throw unknown(`conversationButtons.${index}.departmentId`);
  });
  const icons = new Set(before ? iconsOf(before).map(([, icon]) => icon) : []);
  for (const [path, icon] of iconsOf(input)) if (!icons.has(icon) && !iconShape(icon)) throw unknown(path);
  for (const [index, alias] of input.aliases.entries()) {
    const holder = before?.aliases.includes(alias) ? null : await store.find(alias);
    if (holder && holder.id !== before?.id) throw aliasTaken(index);
  }
  const holder = input.slug && input.slug !== before?.slug ? await store.find(input.slug) : null;
  if (holder && holder.id !== before?.id) throw slugTaken();
}

/** Saves over what is there now. Without a `version` the change is laid on whatever somebody else saved meanwhile. */
async function change(ctx: PluginContext, store: WidgetStore, id: string, body: ChangeWidget): Promise<Widget> {
  const load = async () => {
    const widget = await store.byId(id);
    if (!widget) throw new PluginError('not_found', 404);
    if (body.version !== undefined && body.version !== widget.version) throw stale(widget);
    return widget;
  };
  let present = await load();
  for (let attempt = 0; attempt < saveTries; attempt += 1) {
    const changed = changedWidget(present, body);
    await checkReferences(ctx, store, changed, present);
    const written = await store.save(changed);
    if (isWidget(written)) return written;
    if ('taken' in written) throw takenBy(written, changed.aliases);
    present = await load();
  }
  throw stale(present);
}

/** `/api/v1/widgets`: what an admin configures. */
export async function addWidgetRoutes(ctx: PluginContext, store: WidgetStore): Promise<void> {
  const load = async (id: string) => {
    const widget = await store.byId(id);
    if (!widget) throw new PluginError('not_found', 404);
    return widget;
  };

  await ctx.routes.add({
    method: 'get', claim, path: '', summary: 'List chat widgets', access, query: widgetListQuery, response: widgetPageSchema,
    async handle({ query }) {
      if (!query.cursor) await createDefaultWidgets(ctx);
      const page = await store.list(query);
      return { body: { data: page.data.map(presentWidget), nextCursor: page.nextCursor } };
    },
  });

  await ctx.routes.add({
    method: 'post', claim, path: '', summary: 'Create a chat widget', access, body: createWidgetBody, response: widgetSchema,
    async handle({ body }) {
      await checkReferences(ctx, store, body);
      return { status: 201, body: presentWidget(await create(store, body)) };
    },
  });

  await ctx.routes.add({
    method: 'get', claim, path: '/:id', summary: 'Read a chat widget', access, params: byId, response: widgetSchema,
    handle: async ({ params }) => ({ body: presentWidget(await load(params.id)) }),
  });

  await ctx.routes.add({
    method: 'patch', claim, path: '/:id', summary: 'Change a chat widget', access, params: byId, body: changeWidgetBody, response: widgetSchema,
    handle: async ({ params, body }) => ({ body: presentWidget(await change(ctx, store, params.id, body)) }),
  });

  await ctx.routes.add({
    method: 'delete', claim, path: '/:id', summary: 'Delete a chat widget', access, params: byId,
    async handle({ params }) {
      if (!(await store.remove(params.id))) throw new PluginError('not_found', 404);
      return { status: 204 };
    },
  });

  await ctx.routes.add({
    method: 'post', claim, path: '/:id/secret', summary: 'Make the identity secret of a chat widget; it is shown this once', access, params: byId,
    body: newSecretBody, response: newSecretAnswer, perMinute: 30, answersSecret: true,
    async handle({ params, body }) {
      return { status: 201, body: { secret: await makeSecret(ctx, store, await load(params.id), body.graceHours) } };
    },
  });

  await ctx.routes.add({
    method: 'delete', claim, path: '/:id/secret', summary: 'Take back the identity secret of a chat widget', access, params: byId, perMinute: 30,
    async handle({ params }) {
      await dropSecret(store, await load(params.id));
      return { status: 204 };
    },
  });
}
