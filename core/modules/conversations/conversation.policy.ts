import { holds, isStaff, type Actor, type OperatorActor } from '../../kernel/policy/actor.ts';
import type { PolicyTable } from '../../kernel/policy/policy.ts';
import { reachesBrand } from '../contacts/index.ts';
import type { ConversationAccess } from './conversation.model.ts';

type Maybe = ConversationAccess | undefined;

const isIn = (set: ReadonlySet<number>, id: number | null): boolean => id !== null && set.has(id);

/** Is it within the actor's scope: an own one, one of the own departments, or any of the own brands? */
function reaches(actor: OperatorActor, conversation: ConversationAccess): boolean {
  if (!reachesBrand(actor, conversation.brandId)) return false;
  if (actor.scope === 'all' || conversation.assigneeIds.includes(actor.rowId)) return true;
  return actor.scope === 'department' && isIn(actor.departmentIds, conversation.departmentId);
}

/** Staff who may see the conversation and hold the permission besides. Without an object: could there be one? */
const staffMay = (actor: Actor, permission: string, conversation: Maybe): boolean =>
  holds(actor, 'conversations.view') && holds(actor, permission) && (conversation === undefined || reaches(actor, conversation));

const isParticipant = (actor: Actor, conversation: Maybe): boolean => actor.type === 'contact' && conversation?.contactId === actor.rowId;

export const mayReadNotes = (actor: Actor): boolean => holds(actor, 'conversations.note') || holds(actor, 'conversations.reply');

export const conversationPolicies: PolicyTable = {
  'conversation.list': (actor) => holds(actor, 'conversations.view'),
  'conversation.view': (actor, conversation: Maybe) => isParticipant(actor, conversation) || staffMay(actor, 'conversations.view', conversation),
  'conversation.open': (actor) => actor.type === 'contact',
  'conversation.reply': (actor, conversation: Maybe) => isParticipant(actor, conversation) || staffMay(actor, 'conversations.reply', conversation),
  'conversation.note': (actor, conversation: Maybe) => staffMay(actor, 'conversations.note', conversation),
  'conversation.write': (actor, conversation: Maybe) => staffMay(actor, 'conversations.reply', conversation) || staffMay(actor, 'conversations.note', conversation),
  'conversation.assign': (actor, conversation: Maybe) => staffMay(actor, 'conversations.assign', conversation),
  'conversation.change': (actor, conversation: Maybe) => staffMay(actor, 'conversations.change', conversation),
  'conversation.edit': (actor, conversation: Maybe) => staffMay(actor, 'conversations.change', conversation) || staffMay(actor, 'conversations.assign', conversation),
  'conversation.close-own': (actor, conversation: Maybe) => isParticipant(actor, conversation),
  'conversation.read': (actor, conversation: Maybe) => isParticipant(actor, conversation) || staffMay(actor, 'conversations.view', conversation),
  'message.view-note': (actor) => isStaff(actor) && mayReadNotes(actor),
};
