import { HOLDER_ACTS } from '../domain/referrals/holderActs.js';
import type { Survey } from '../domain/referrals/referral.js';
import { holderEvent, keepToPace, type OpenParts, openForAct, tooLate } from './openOwnProject.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

type Needs = OpenParts & Pick<Parts, 'limits' | 'newId'> & { settleProject: Settle['settleProject'] };
type Opinion = Pick<Survey, 'calledBack' | 'useful'>;

const codeOf = (survey: Opinion | null): string | null => survey && `${survey.calledBack}:${survey.useful}`;

/**
 * Keeps the answers to the two questions; the last ones count. The event carries their codes ("yes:partly"), so that figures
 * of a past period never change. Throws Conflict while the referral has not ended.
 */
export const answerSurvey = (parts: Needs) => {
  const { clock, newId, projects, settleProject } = parts;

  return async (token: string, opinion: Opinion): Promise<void> => {
    const own = await openForAct(parts)(token, 'survey');
    const before = codeOf(own.project.survey);
    const after = codeOf(opinion);
    if (before === after) return;
    await keepToPace(parts)(own);
    const at = clock();
    const event = holderEvent(own, { id: newId(), type: 'surveyed', at, before, after });
    const change = { survey: { ...opinion, at } };
    const guard = { states: HOLDER_ACTS.survey };
    if (!(await projects.writeForHolder(own.project.id, guard, { event, change }))) throw tooLate();
    await settleProject(own.project.id);
  };
};
