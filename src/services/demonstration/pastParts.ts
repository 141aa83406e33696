import { DEFAULT_PREFERENCES } from '../../domain/emails/preferences.js';
import type { Draft } from '../../domain/questionnaire/draft.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';
import type { ActiveRuleset } from '../rules/activeRuleset.js';
import type { Chance } from './chance.js';
import type { pastProject } from './pastProject.js';

/** What the demonstration is made with: the store, the rules and the directory. */
export type DemonstrationParts = Pick<
  Parts,
  | 'absences'
  | 'accounts'
  | 'channels'
  | 'counterDrafts'
  | 'deliveries'
  | 'demonstration'
  | 'drafts'
  | 'events'
  | 'firstRules'
  | 'inbox'
  | 'links'
  | 'marks'
  | 'exportRecords'
  | 'namedPeriods'
  | 'newId'
  | 'newReference'
  | 'noteDrafts'
  | 'notes'
  | 'partnerSettings'
  | 'reportFiles'
  | 'reports'
  | 'projects'
  | 'referrals'
  | 'savedViews'
  | 'sessions'
  | 'rulesets'
  | 'territory'
>;

/** One project of the past, before anything is known of it. */
export interface Past {
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
const UNSENT_MAIL: Pick<Parts, 'render' | 'addresses' | 'calendarFile' | 'inMailTurn' | 'transport'> = {
  render: () => ({ subject: '', text: '', html: '' }),
  addresses: {
    from: '',
    sender: '',
    messageId: (delivery) => `<${delivery}@demonstration.example.org>`,
    threadRoot: () => '',
    replyTo: () => null,
    deliveryAt: () => null,
    followUp: () => '',
    answer: () => '',
    contactData: () => '',
    home: () => '',
    entry: () => '',
    frame: () => '',
    resume: () => '',
    newProject: () => '',
    referral: () => '',
    projectSheet: () => '',
    opinion: () => '',
    became: () => '',
    queue: () => '',
    figures: () => '',
    report: () => '',
    reportDraft: () => '',
    exports: () => '',
    team: () => '',
    invitation: () => '',
    signInLink: () => '',
    newPassword: () => '',
    lostPassword: () => '',
    ownAccount: () => '',
    unsubscribe: () => '',
    close: () => '',
  },
  calendarFile: () => '',
  inMailTurn: (work) => work(),
  transport: {
    send: async ({ messageId }) => ({ messageId, response: 'démonstration : rien n’est parti', refused: [] }),
  },
};

const NO_LIMITS: Parts['limits'] = {
  take: async () => ({ allowed: true, retryInSeconds: 0 }),
  giveBack: async () => undefined,
};

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
export const pastParts = (given: DemonstrationParts, memory: ReturnType<typeof pastProject>, past: Past) => ({
  ...given,
  ...UNSENT_MAIL,
  projects: { ...given.projects, ...memory.projects },
  events: { ...given.events, ...memory.events },
  deliveries: { ...given.deliveries, ...memory.deliveries },
  referrals: {
    ...given.referrals,
    ...memory.referrals,
    // Each life is lived alone: who had most in hand at that moment is drawn.
    openCountByAssignee: async (ids: string[]) => new Map(ids.map((id) => [id, past.chance.between(0, 9)])),
  },
  // The team as it is today was always there.
  absences: { ...given.absences, ofPartner: async () => [] },
  accounts: {
    ...given.accounts,
    team: async (partner: string) =>
      past.staff
        .filter((one) => one.partner === partner)
        .map((one) => ({ ...one, competences: { needs: [], epcis: [] }, lastGivenAt: null })),
    markGiven: async () => undefined,
    emailStateOf: async (ids: string[]) =>
      new Map(ids.map((id) => [id, { preferences: DEFAULT_PREFERENCES, mailRefused: null }])),
    readersAt: async (partner: string | null) =>
      past.staff
        .filter((one) => (partner === null ? one.role === 'manager' : one.partner === partner))
        .map((one) => ({ ...one, preferences: DEFAULT_PREFERENCES, mailRefused: null })),
    byIds: async (ids: string[]) => past.staff.filter(({ id }) => ids.includes(id)),
    byId: async (id: string) => past.staff.find((one) => one.id === id) ?? null,
    active: async ({ role, partner }: { role: string; partner?: string }) =>
      past.staff.filter((one) => one.role === role && (partner === undefined || one.partner === partner)),
  },
  drafts: { ...given.drafts, read: async () => pastDraft(given.newId(), past), finishById: async () => undefined },
  // Nobody holds these addresses, so none is kept, and any opens the one project.
  links: { ...given.links, create: async () => '', open: memory.openLink },
  enqueue: async () => false,
  limits: NO_LIMITS,
});
