import { PluginError, z } from '@plugboard/sdk';
import type { PluginContext } from '@plugboard/sdk';
import { presentWidget } from './widget.presenter.ts';
import { changeWidgetBody, createWidgetBody, idSchema, slugSchema, widgetListQuery, widgetPageSchema, widgetSchema } from './widget.schema.ts';
import type { ChangeWidget, CreateWidget, Widget, WidgetConfig } from './widget.schema.ts';
import { configOf } from './widget.store.ts';
import type { WidgetStore } from './widget.store.ts';

const claim = '/api/v1/widgets';
const access = { ability: 'widgets.manage' } as const;
const byId = z.strictObject({ id: idSchema });

const slugTaken = () => new PluginError('slug_taken', 409, { errors: [{ path: 'slug', code: 'slug_taken', message: 'slug_taken' }] });
const unknown = (path: string) => new PluginError('invalid', 400, { errors: [{ path, code: 'unknown', message: 'unknown' }] });

/** A readable slug from a widget's name; a random tail where the name has no Latin letter or the slug is taken. */
function slugFrom(name: string, tail: string): string {
  const words = name.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50).replace(/-+$/, '');
  return [words || 'chat', tail].filter(Boolean).join('-');
}

async function create(store: WidgetStore, body: CreateWidget): Promise<Widget> {
  const slugs = body.slug ? [body.slug] : ['', crypto.randomUUID().slice(0, 8)].map((tail) => slugFrom(body.name, tail));
  for (const slug of slugs.filter((candidate) => slugSchema.safeParse(candidate).success)) {
    const widget = await store.create({ name: body.name, brandId: body.brandId, slug, config: configOf(body) });
    if (widget) return widget;
  }
  throw slugTaken();
}

function change(widget: Widget, body: ChangeWidget): Widget {
  const { appearance, ...rest } = body;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...widget, ...given, appearance: { ...widget.appearance, ...appearance } };
}

/** `/api/v1/widgets`: what an admin configures. */
export async function addWidgetRoutes(ctx: PluginContext, store: WidgetStore): Promise<void> {
  const checkReferences = async (input: { brandId: string } & Pick<WidgetConfig, 'conversationButtons'>) => {
    if (!(await ctx.brands.list()).some((brand) => brand.id === input.brandId)) throw unknown('brandId');
    const departments = new Set((await ctx.departments.list()).map((department) => department.id));
    input.conversationButtons.forEach((button, index) => {
      if (button.departmentId && !departments.has(button.departmentId)) throw unknown(`conversationButtons.${index}.departmentId`);
    });
  };
  const load = async (id: string) => {
    const widget = await store.byId(id);
    if (!widget) throw new PluginError('not_found', 404);
    return widget;
  };

  await ctx.routes.add({
    method: 'get', claim, path: '', summary: 'List chat widgets', access, query: widgetListQuery, response: widgetPageSchema,
    async handle({ query }) {
      const page = await store.list(query);
      return { body: { data: page.data.map(presentWidget), nextCursor: page.nextCursor } };
    },
  });

  await ctx.routes.add({
    method: 'post', claim, path: '', summary: 'Create a chat widget', access, body: createWidgetBody, response: widgetSchema,
    async handle({ body }) {
      await checkReferences(body);
      return { status: 201, body: presentWidget(await create(store, body)) };
    },
  });

  await ctx.routes.add({
    method: 'get', claim, path: '/:id', summary: 'Read a chat widget', access, params: byId, response: widgetSchema,
    handle: async ({ params }) => ({ body: presentWidget(await load(params.id)) }),
  });

  await ctx.routes.add({
    method: 'patch', claim, path: '/:id', summary: 'Change a chat widget', access, params: byId, body: changeWidgetBody, response: widgetSchema,
    async handle({ params, body }) {
      const changed = change(await load(params.id), body);
      await checkReferences(changed);
      const saved = await store.save(changed);
      if (!saved) throw slugTaken();
      return { body: presentWidget(saved) };
    },
  });

  await ctx.routes.add({
    method: 'delete', claim, path: '/:id', summary: 'Delete a chat widget', access, params: byId,
    async handle({ params }) {
      if (!(await store.remove(params.id))) throw new PluginError('not_found', 404);
      return { status: 204 };
    },
  });
}
