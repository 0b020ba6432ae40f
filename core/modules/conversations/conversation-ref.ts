import type { CallActor, ConversationRef } from '@plugboard/sdk';
import type { Actor } from '../../kernel/policy/actor.ts';
import type { LoadedConversation } from './conversation.model.ts';

/** A conversation as hooks are told of it. */
export const refOf = (row: LoadedConversation): ConversationRef =>
  ({ id: row.uid, brandId: row.brand_uid, departmentId: row.department_uid, channel: row.channel, contactId: row.contact_uid });

export const callActorOf = (actor: Actor): CallActor => ({ type: actor.type, id: actor.id });
