import { createActionContext } from '../kernel/action-context.ts';
import type { Kernel } from '../kernel/context.ts';
import { system, type Actor, type OperatorActor } from '../kernel/policy/actor.ts';
import { findBrand } from '../modules/brands/index.ts';
import { createContact } from '../modules/contacts/index.ts';
import { addMessage, changeConversation, escalateConversation } from '../modules/conversations/index.ts';
import type { DemoBrandKey, DemoConversation, DemoLine, DemoOperatorKey } from './demo-data.ts';

const minute = 60_000;

export interface SeedPlaces {
  kernel: Kernel;
  /** Public ids. */
  brands: ReadonlyMap<DemoBrandKey, string>;
  departments: ReadonlyMap<string, string>;
  operators: ReadonlyMap<DemoOperatorKey, OperatorActor>;
  /** When "0 minutes ago" is. */
  now: number;
}

/** Writes one conversation as it would have come about: each line by its author, at its time, through the commands of the desk. */
export async function seedConversation(places: SeedPlaces, conversation: DemoConversation): Promise<void> {
  const contact = await seedContact(places, conversation);
  let id: string | undefined;
  for (const line of conversation.lines) id = await seedLine(places, conversation, contact, line, id);
  if (id) await settle(places, conversation, id);
}

async function seedContact({ kernel, brands, now }: SeedPlaces, { brand, contact, lines }: DemoConversation): Promise<Actor> {
  const row = await findBrand(kernel.db.knex, brands.get(brand) ?? '');
  if (!row) throw new Error(`the brand ${brand} is missing`);
  const first = now - (lines[0]?.[0] ?? 0) * minute;
  const made = await createContact(createActionContext(kernel, system, { now: first }), {
    brandId: row.id, brandUid: row.uid, locale: contact.locale, ...(contact.email ? { name: contact.name, email: contact.email } : {}),
  });
  return { type: 'contact', id: made.uid, rowId: made.id, brandId: row.id, name: made.name ?? contact.name };
}

async function seedLine(places: SeedPlaces, { department, subject, priority }: DemoConversation, contact: Actor, line: DemoLine, id: string | undefined): Promise<string> {
  const [minutesAgo, who, text] = line;
  const ctx = createActionContext(places.kernel, who === 'contact' ? contact : operator(places, who === 'note' ? 'sam' : who), { now: places.now - minutesAgo * minute });
  const opening = { channel: 'chat', departmentId: places.departments.get(department) ?? null, priority, subject };
  const { conversation } = await addMessage(ctx, {
    cid: crypto.randomUUID(), kind: who === 'note' ? 'note' : 'reply', text, attachmentIds: [], ...(id === undefined ? { opening } : { conversationId: id }),
  });
  return conversation.uid;
}

/** Number, people, tags and status, as they stand after the last line. */
async function settle(places: SeedPlaces, { assignee, tags, status, isTicket, lines }: DemoConversation, id: string): Promise<void> {
  const ctx = createActionContext(places.kernel, operator(places, 'mira'), { now: places.now - (lines.at(-1)?.[0] ?? 0) * minute });
  if (isTicket) await escalateConversation(ctx, id);
  const row = await ctx.db<{ uid: string; version: number }>('conversations').where({ uid: id }).first('version');
  await changeConversation(ctx, id, {
    version: row?.version ?? 0,
    assigneeIds: assignee ? [operator(places, assignee).id] : [],
    ...(tags ? { tags: [...tags] } : {}),
    ...(status ? { status } : {}),
  });
}

function operator({ operators }: SeedPlaces, key: DemoOperatorKey): OperatorActor {
  const actor = operators.get(key);
  if (!actor) throw new Error(`the operator ${key} is missing`);
  return actor;
}
