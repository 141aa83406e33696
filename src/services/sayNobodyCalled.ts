import { HOLDER_ACTS, nobodyCalledId, saidNobodyCalled } from '../domain/referrals/holderActs.js';
import { holderEvent, type OpenParts, openForAct, tooLate } from './openOwnProject.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

type Needs = OpenParts & Pick<Parts, 'events'> & { settleProject: Settle['settleProject'] };

/**
 * The holder says that nobody called. Said again on the same business day, it changes nothing: false. Throws Conflict
 * before the promised date is past and anybody has taken the project in hand, or once its referral has ended.
 */
export const sayNobodyCalled = (parts: Needs) => {
  const { clock, events, projects, settleProject } = parts;

  return async (token: string): Promise<boolean> => {
    const own = await openForAct(parts)(token, 'nobodyCalled');
    const { id } = own.project;
    const at = clock();
    if (saidNobodyCalled(await events.ofProject(id), at)) return false;
    const event = holderEvent(own, { id: nobodyCalledId(id, at), type: 'nobody-called', at });
    if (!(await projects.writeForHolder(id, { states: HOLDER_ACTS.nobodyCalled }, { event }))) throw tooLate();
    await settleProject(id);
    return true;
  };
};
