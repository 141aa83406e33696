import { acts as actsOf } from '../acts.js';
import { addMessage } from '../addMessage.js';
import { answerSurvey } from '../answerSurvey.js';
import { processCounts } from '../processCounts.js';
import { sayNobodyCalled } from '../sayNobodyCalled.js';
import { sayWhatBecame } from '../sayWhatBecame.js';
import { sendDelivery } from '../sending/sendDelivery.js';
import { settle } from '../settle.js';
import { submitProject } from '../submitProject.js';
import { sendToPartner } from '../triage.js';
import { withdrawProject } from '../withdrawProject.js';
import { type DemonstrationParts, type Past, pastParts } from './pastParts.js';
import { pastProject } from './pastProject.js';

/**
 * The desk as one project of the past met it: the same use cases as today, on a clock that `moveTo` moves. Each e-mail due
 * on the way is sent or cancelled at its time, as the worker would have done.
 */
export const pastDesk = (given: DemonstrationParts, past: Past) => {
  let now = past.from;
  const clock = (): Date => now;
  const memory = pastProject(given.newId);
  const parts = { ...pastParts(given, memory, past), clock, counts: processCounts([]) };
  const { settleProject, settleReferral, settleStored } = settle(parts);
  const acts = actsOf({ ...parts, settleReferral });
  const send = sendDelivery({ ...parts, refuseAddress: async () => 'unknown' });

  /** Lets time pass. False when this instant is not in the past: then only what was due before `until` is done. */
  const moveTo = async (at: Date): Promise<boolean> => {
    const isPast = at < past.until;
    const last = isPast ? at : new Date(past.until.getTime() - 1);
    for (let [next] = memory.owed(last); next; [next] = memory.owed(last)) {
      if (next.due > now) now = next.due;
      await send(next.id);
    }
    if (isPast) now = at;
    return isPast;
  };
  /** What an act owes at once leaves at once. */
  const andSend =
    <Args extends unknown[], Done>(act: (...args: Args) => Promise<Done>) =>
    async (...args: Args): Promise<Done> => {
      const done = await act(...args);
      await moveTo(now);
      return done;
    };
  /** On the follow-up page, which any link opens here. */
  const asHolder = <Args extends unknown[], Done>(act: (link: string, ...args: Args) => Promise<Done>) =>
    andSend((...args: Args) => act('', ...args));

  return {
    clock,
    moveTo,
    records: memory.records,
    referrals: memory.referrals.ofProject,
    submitProject: andSend(
      submitProject({
        ...parts,
        settleProject,
        settleStored,
        activeRuleset: past.activeRuleset,
        humanSeconds: 0,
        demo: true,
      }),
    ),
    takeReferral: andSend(acts.takeReferral),
    releaseReferral: andSend(acts.releaseReferral),
    transferReferral: andSend(acts.transferReferral),
    logCall: andSend(acts.logCall),
    writeToHolder: andSend(acts.writeToHolder),
    askHolder: andSend(acts.askHolder),
    rerouteReferral: andSend(acts.rerouteReferral),
    declineReferral: andSend(acts.declineReferral),
    closeReferral: andSend(acts.closeReferral),
    sendToPartner: andSend(sendToPartner({ ...parts, settleReferral })),
    addMessage: asHolder(addMessage({ ...parts, settleProject })),
    sayNobodyCalled: asHolder(sayNobodyCalled({ ...parts, settleProject })),
    withdrawProject: asHolder(withdrawProject({ ...parts, settleProject })),
    sayWhatBecame: asHolder(sayWhatBecame({ ...parts, settleProject })),
    answerSurvey: asHolder(answerSurvey({ ...parts, settleProject })),
  };
};
export type PastDesk = ReturnType<typeof pastDesk>;
