import { createActionContext } from '../kernel/action-context.ts';
import type { ActionContext, Kernel } from '../kernel/context.ts';
import type { OperatorActor } from '../kernel/policy/actor.ts';
import { createBrand, selectBrands, updateBrand } from '../modules/brands/index.ts';
import { createDepartment, selectDepartments } from '../modules/departments/index.ts';
import { createArticle, createCategory } from '../modules/knowledge/index.ts';
import { createOperator, findOperator, loadOperatorActor, updateOperator } from '../modules/operators/index.ts';
import { findRoleByKey } from '../modules/roles/index.ts';
import { articleBody, categoryBody } from '../shared/knowledge.ts';
import { demoArticles, demoCategories } from './demo-articles.ts';
import { demoBrands, demoConversations, demoOperators, demoPassword, type DemoBrandKey, type DemoOperatorKey } from './demo-data.ts';
import { seedConversation, type SeedPlaces } from './seed-conversation.ts';

/** Fills a desk that has just been founded. One that has conversations stays as it is. */
export async function seedDemo(kernel: Kernel): Promise<void> {
  if (await kernel.db.knex('conversations').first('id')) return;
  const ctx = createActionContext(kernel, await ownerOf(kernel));
  const brands = await seedBrands(ctx);
  const departments = await seedDepartments(ctx);
  const operators = await seedOperators(ctx, [...departments.values()]);
  const places: SeedPlaces = { kernel, brands, departments, operators, now: Date.now() };
  for (const conversation of demoConversations) await seedConversation(places, conversation);
  await seedKnowledge(ctx, brands);
}

async function seedKnowledge(ctx: ActionContext, brands: ReadonlyMap<DemoBrandKey, string>): Promise<void> {
  const categories = new Map<string, string>();
  for (const { brand, name, description, icon } of demoCategories) {
    const { id } = await createCategory(ctx, categoryBody.parse({ brandId: brands.get(brand), icon, texts: { [demoBrands[brand].locale]: { name, description } } }));
    categories.set(name, id);
  }
  for (const { brand, category, ...article } of demoArticles) {
    await createArticle(ctx, articleBody.parse({ ...article, brandId: brands.get(brand), locale: demoBrands[brand].locale, categoryId: categories.get(category) ?? null, status: 'published' }));
  }
}

async function ownerOf(kernel: Kernel): Promise<OperatorActor> {
  const row = await findOperator(kernel.db.knex, { email: demoOperators.mira.email });
  return actorOf(kernel, row?.uid);
}

async function actorOf(kernel: Kernel, id: string | undefined): Promise<OperatorActor> {
  const actor = id === undefined ? null : await loadOperatorActor(kernel, id);
  if (!actor) throw new Error('the first operator is missing');
  return actor;
}

async function seedBrands(ctx: ActionContext): Promise<Map<DemoBrandKey, string>> {
  const [first] = await selectBrands(ctx.db);
  if (!first) throw new Error('the first brand is missing');
  const fjord = await updateBrand(ctx, { id: first.uid, ...demoBrands.fjord });
  const nordlicht = await createBrand(ctx, demoBrands.nordlicht);
  return new Map([['fjord', fjord.id], ['nordlicht', nordlicht.id]]);
}

async function seedOperators(ctx: ActionContext, departmentIds: string[]): Promise<Map<DemoOperatorKey, OperatorActor>> {
  const made = new Map<DemoOperatorKey, OperatorActor>();
  for (const [key, { role, ...person }] of Object.entries(demoOperators) as [DemoOperatorKey, (typeof demoOperators)[DemoOperatorKey]][]) {
    const roleId = (await findRoleByKey(ctx.db, role)).uid;
    const operator = role === 'owner' && ctx.actor.id !== null
      ? await updateOperator(ctx, { id: ctx.actor.id, ...person, departmentIds })
      : await createOperator(ctx, { ...person, roleId, password: demoPassword, brandIds: 'all', departmentIds });
    made.set(key, await actorOf(ctx.kernel, operator.id));
  }
  return made;
}

async function seedDepartments(ctx: ActionContext): Promise<Map<string, string>> {
  await createDepartment(ctx, { name: 'Billing', isPublic: true, brandIds: [], memberIds: [] });
  return new Map((await selectDepartments(ctx.db)).map(({ department }) => [department.name, department.uid]));
}
