import { HOLDER_ACTS } from '../domain/referrals/holderActs.js';
import type { Became } from '../domain/referrals/referral.js';
import { holderEvent, keepToPace, type OpenParts, openForAct, tooLate } from './openOwnProject.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

type Needs = OpenParts & Pick<Parts, 'limits' | 'newId'> & { settleProject: Settle['settleProject'] };

/**
 * Keeps what the holder says became of the project, once its follow-up has ended; the last answer counts. The event carries
 * the code before and after, so that figures of a past period never change. Throws Conflict while it is followed.
 */
export const sayWhatBecame = (parts: Needs) => {
  const { clock, newId, projects, settleProject } = parts;

  return async (token: string, what: Became): Promise<void> => {
    const own = await openForAct(parts)(token, 'became');
    const before = own.project.became?.what ?? null;
    if (before === what) return;
    await keepToPace(parts)(own);
    const at = clock();
    const event = holderEvent(own, { id: newId(), type: 'became', at, before, after: what, reason: what });
    const guard = { states: HOLDER_ACTS.became };
    const change = { became: { what, at } };
    if (!(await projects.writeForHolder(own.project.id, guard, { event, change }))) throw tooLate();
    await settleProject(own.project.id);
  };
};
