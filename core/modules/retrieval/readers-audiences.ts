import type { KnowledgeReader, ReadAudience } from '@plugboard/sdk';
import type { Kernel } from '../../kernel/context.ts';
import { findContact, findContactById } from '../contacts/index.ts';
import { loadOperatorActor } from '../operators/index.ts';

/** What somebody may read. A contact who became part of another one reads as that one. Unknown people read what everybody may. */
export async function audiencesOf(kernel: Kernel, reader: KnowledgeReader): Promise<ReadAudience[]> {
  if (reader === 'public') return ['public'];
  if ('operatorId' in reader) return (await loadOperatorActor(kernel, reader.operatorId)) ? ['public', 'signed-in', 'internal'] : ['public'];
  const { knex } = kernel.db;
  let contact = await findContact(knex, reader.contactId);
  while (contact?.merged_into != null) contact = await findContactById(knex, contact.merged_into);
  return contact?.kind === 'verified' ? ['public', 'signed-in'] : ['public'];
}
