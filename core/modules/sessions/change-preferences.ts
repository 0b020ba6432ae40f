import type { ActionContext } from '../../kernel/context.ts';
import type { OperatorActor } from '../../kernel/policy/actor.ts';
import type { PreferencesPatch, SessionDto } from '../../shared/people.ts';
import { Operator, readOperator } from '../operators/index.ts';
import { preferencesOf, presentSession } from './session.presenter.ts';

export async function changePreferences(ctx: ActionContext, actor: OperatorActor, patch: PreferencesPatch): Promise<SessionDto> {
  return ctx.transaction(async (tx) => {
    const operator = await readOperator(tx.db, actor.id);
    const { locale, ...kept } = { ...preferencesOf(operator), ...patch };
    await Operator.query(tx.db).findById(operator.id).patch({ locale, preferences: JSON.stringify(kept) });
    return presentSession(tx, actor);
  });
}
