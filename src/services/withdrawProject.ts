import { HOLDER_ACTS } from '../domain/referrals/holderActs.js';
import { WITHDRAW_REASONS, type WithdrawReason } from '../domain/referrals/lifecycle.js';
import { Gone, Invalid } from '../errors.js';
import { ERASED, holderEvent, type OpenParts, openForAct, openOwnProject, tooLate } from './openOwnProject.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

type Needs = OpenParts & Pick<Parts, 'newId'> & { settleProject: Settle['settleProject'] };

/**
 * The holder takes the project back, for good: written on the project first, in a state that nothing lowers; its open referral
 * follows. Done twice, it is done once. Throws Conflict when the project ended in another way before.
 */
export const withdrawProject = (parts: Needs) => {
  const { clock, newId, projects, settleProject } = parts;

  return async (token: string, said: { reason: WithdrawReason; words: string | null }): Promise<void> => {
    if (!Object.hasOwn(WITHDRAW_REASONS, said.reason)) throw new Invalid('Choisissez une raison de la liste.');
    const found = await openOwnProject(parts)(token);
    if (!found) throw new Gone(ERASED);
    if (found.project.withdrawnAt) return settleProject(found.project.id);
    const own = await openForAct(parts)(token, 'withdraw');
    const at = clock();
    const message = said.words ? { id: newId(), at, text: said.words } : null;
    const event = holderEvent(own, {
      id: newId(),
      type: 'withdrawn',
      at,
      before: own.project.state,
      after: 'withdrawn',
      reason: said.reason,
      note: message?.id ?? null,
    });
    const done = { event, ...(message && { message }), change: { withdrawnAt: at }, lastState: 'withdrawn' } as const;
    const guard = { states: HOLDER_ACTS.withdraw, notWithdrawn: true };
    const written = await projects.writeForHolder(own.project.id, guard, done);
    if (!written && !(await projects.byId(own.project.id))?.withdrawnAt) throw tooLate();
    await settleProject(own.project.id);
  };
};
