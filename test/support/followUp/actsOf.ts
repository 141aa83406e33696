import type { Referral } from '../../../src/domain/referrals/referral.js';
import type { Desk } from '../startDesk.js';
import type { Moment } from './parisTime.js';
import { staffOfRun, submissionOf } from './people.js';
import type { Plan, Story } from './stories.js';

/** What e-mails are about, by its id in the store: the number of the project, and who was given it. */
export type Subjects = Map<string, { number: number; partner: string; advisor: string }>;

/** What people do in the course of the run. `at` does what this stop asks; it never waits for an e-mail. */
export const actsOf = ({ services, parts }: Desk, { stories }: Plan) => {
  const referrals = new Map<number, string>();
  const subjects: Subjects = new Map();
  const staff = staffOfRun();

  const send = async ({ number }: Story): Promise<void> => {
    const submission = submissionOf(number);
    const { project } = await services.submitProject({ visitor: `visitor-${number}`, submission });
    const [referral] = await parts.referrals.ofProject(project.id);
    if (!referral?.assignee) throw new Error(`Project ${number} reached nobody`);
    const about = { number, partner: referral.partner, advisor: referral.assignee };
    referrals.set(number, referral.id);
    subjects.set(project.id, about).set(referral.id, about);
  };

  const seen = async ({ number }: Story) => {
    const { id, version, assignee } = (await parts.referrals.byId(referrals.get(number) ?? '')) as Referral;
    const by = staff.find((account) => account.id === assignee);
    if (!by) throw new Error(`Project ${number} is nobody's`);
    return { id, version, by };
  };

  return {
    subjects,
    async at(step: Moment): Promise<void> {
      for (const story of stories) {
        if (story.sent === step) await send(story);
        if (story.taken === step) await services.takeReferral(await seen(story));
        if (story.closed === step)
          await services.closeReferral(await seen(story), { outcome: 'helped', help: 'advice', words: null });
      }
    },
  };
};
