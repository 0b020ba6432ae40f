import { forbidden } from '../../kernel/errors.ts';
import { isStaff, type Actor } from '../../kernel/policy/actor.ts';
import { systemAuthor, type Author } from '../messages/index.ts';
import type { SnippetAuthor } from './conversation.model.ts';

/** Who stands beside a message of this actor. A token writes as the operator that it belongs to. */
export function authorOf(actor: Actor): Author {
  if (actor.type === 'system') return systemAuthor;
  if (actor.type === 'contact') return { type: 'contact', id: actor.rowId, uid: actor.id, name: actor.name };
  if (isStaff(actor)) return { type: actor.type === 'assistant' ? 'assistant' : 'operator', id: actor.rowId, uid: actor.id, name: actor.name };
  throw forbidden();
}

export const snippetAuthorOf = (author: Author): SnippetAuthor => author.type === 'plugin' ? 'system' : author.type;
