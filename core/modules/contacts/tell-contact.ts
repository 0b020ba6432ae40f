import type { ActionContext } from '../../kernel/context.ts';
import type { Contact } from './contact.model.ts';

export const contactTopics = { changed: 'contact.changed', detail: 'contact.detail', merged: 'contact.merged' } as const;

/** What a contact is called changed: plugins hear of it, and rows that show it are sent anew. */
export async function tellContactChanged(tx: ActionContext, contact: Pick<Contact, 'id' | 'uid' | 'brand_id'>): Promise<void> {
  await tx.emit('contact.updated', { contactId: contact.uid, brandId: await brandUidOf(tx, contact.brand_id) });
  await tx.broadcast(contactTopics.changed, { contactId: contact.id });
}

/** Something that only the open contact pane shows changed. */
export const tellContactDetail = (tx: ActionContext, contactId: number): Promise<void> => tx.broadcast(contactTopics.detail, { contactId });

export async function brandUidOf(ctx: ActionContext, brandId: number): Promise<string> {
  const brand = await ctx.db<{ id: number; uid: string }>('brands').where({ id: brandId }).first('uid');
  return brand?.uid ?? '';
}
