import type { Draft } from '../../domain/questionnaire/draft.js';
import type { Account } from '../../domain/referrals/access.js';
import { actOnReferral } from '../actOnReferral.js';
import { addMessage } from '../addMessage.js';
import { answerSurvey } from '../answerSurvey.js';
import type { Parts } from '../parts.js';
import type { ActiveRuleset } from '../rules/activeRuleset.js';
import { sayNobodyCalled } from '../sayNobodyCalled.js';
import { sendDelivery } from '../sendDelivery.js';
import { settle } from '../settle.js';
import { submitProject } from '../submitProject.js';
import { sendToPartner } from '../triage.js';
import { withdrawProject } from '../withdrawProject.js';
import type { Chance } from './chance.js';
import { pastProject } from './pastProject.js';

/** What the demonstration is made with: the store, the rules and the directory. */
export type DemonstrationParts = Pick<
  Parts,
  | 'accounts'
  | 'channels'
  | 'deliveries'
  | 'drafts'
  | 'events'
  | 'links'
  | 'marks'
  | 'newId'
  | 'newReference'
  | 'projects'
  | 'referrals'
  | 'rulesets'
  | 'territory'
>;

interface Past {
  from: Date;
  /** Nothing happens from this instant on: what is due later stays owed. */
  until: Date;
  staff: Account[];
  chance: Chance;
  /** Code of the entry link by which the holder came. */
  channel: string | null;
  activeRuleset: ActiveRuleset;
}

/** E-mails of the past are recorded as sent at the moment they were due; none is written and none leaves. */
const UNSENT_MAIL: Pick<Parts, 'render' | 'addresses' | 'transport'> = {
  render: () => ({ subject: '', text: '', html: '' }),
  addresses: {
    from: '',
    messageId: (delivery) => `<${delivery}@demonstration.example.org>`,
    followUp: () => '',
    home: () => '',
    entry: () => '',
    frame: () => '',
    resume: () => '',
    newProject: () => '',
    referral: () => '',
    projectSheet: () => '',
  },
  transport: { send: async ({ messageId }) => ({ messageId, response: 'démonstration : rien n’est parti' }) },
};

const NO_LIMITS: Pick<Parts['limits'], 'take'> = { take: async () => ({ allowed: true, retryInSeconds: 0 }) };

/** The questionnaire under way: of it, only the entry link counts here. */
const pastDraft = (id: string, { from, channel }: Past): Draft => ({
  id,
  answers: {},
  channel,
  email: null,
  language: 'fr',
  startedAt: from,
  updatedAt: from,
  lastProject: null,
});

/** The parts of the desk as they were for one project: its records in memory, the demonstration's staff, a clock. */
const pastParts = (given: DemonstrationParts, memory: ReturnType<typeof pastProject>, past: Past) => ({
  ...given,
  ...UNSENT_MAIL,
  projects: { ...given.projects, ...memory.projects, draftOf: async () => null },
  events: { ...given.events, ...memory.events },
  deliveries: { ...given.deliveries, ...memory.deliveries },
  referrals: {
    ...given.referrals,
    ...memory.referrals,
    // Each life is lived alone: who had most in hand at that moment is drawn.
    openCountByAssignee: async (ids: string[]) => new Map(ids.map((id) => [id, past.chance.between(0, 9)])),
  },
  accounts: {
    ...given.accounts,
    byId: async (id: string) => past.staff.find((one) => one.id === id) ?? null,
    active: async ({ role, partner }: { role: string; partner?: string }) =>
      past.staff.filter((one) => one.role === role && (partner === undefined || one.partner === partner)),
  },
  drafts: { ...given.drafts, read: async () => pastDraft(given.newId(), past), finish: async () => undefined },
  // Nobody holds these addresses, so none is kept, and any opens the one project.
  links: { ...given.links, create: async () => '', open: memory.openLink },
  enqueue: async () => false,
  limits: NO_LIMITS,
});

/**
 * The desk as one project of the past met it: the same use cases as today, on a clock that `moveTo` moves. Each e-mail due
 * on the way is sent or cancelled at its time, as the worker would have done.
 */
export const pastDesk = (given: DemonstrationParts, past: Past) => {
  let now = past.from;
  const clock = (): Date => now;
  const memory = pastProject(given.newId);
  const parts = { ...pastParts(given, memory, past), clock };
  const { settleProject, settleReferral } = settle(parts);
  const acts = actOnReferral({ ...parts, settleReferral });
  const ownParts = { ...parts, settleProject };
  const holder = {
    addMessage: addMessage(ownParts),
    sayNobodyCalled: sayNobodyCalled(ownParts),
    withdrawProject: withdrawProject(ownParts),
    answerSurvey: answerSurvey(ownParts),
  };
  const send = sendDelivery(parts);

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

  return {
    clock,
    moveTo,
    records: memory.records,
    referrals: memory.referrals.ofProject,
    submitProject: andSend(
      submitProject({ ...parts, settleProject, activeRuleset: past.activeRuleset, humanSeconds: 0, demo: true }),
    ),
    takeReferral: andSend(acts.takeReferral),
    declineReferral: andSend(acts.declineReferral),
    closeReferral: andSend(acts.closeReferral),
    sendToPartner: andSend(sendToPartner({ ...parts, settleReferral })),
    addMessage: andSend((text: string) => holder.addMessage('', text)),
    sayNobodyCalled: andSend(() => holder.sayNobodyCalled('')),
    withdrawProject: andSend((said: Withdrawal) => holder.withdrawProject('', said)),
    answerSurvey: andSend((opinion: Opinion) => holder.answerSurvey('', opinion)),
  };
};
export type PastDesk = ReturnType<typeof pastDesk>;
