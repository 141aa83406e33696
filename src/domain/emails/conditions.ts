import { type Account, may } from '../referrals/access.js';
import { REFERRAL_STATES } from '../referrals/lifecycle.js';
import { CANCELLED } from '../referrals/meeting.js';
import { projectState } from '../referrals/projectState.js';
import type { Project, ProjectEvent, Referral } from '../referrals/referral.js';
import type { Outcome } from '../routing/decision.js';
import type { Language } from '../territory/language.js';
import { type Digest, isEmptyDigest } from './digest.js';

/** The event that may lead to an e-mail, its project, and its referral unless it is about the project alone. */
export interface Happening {
  event: ProjectEvent;
  project: Project;
  referral: Referral | null;
}

/** How things stand with a project at the moment of sending. */
export interface ProjectSituation {
  about: 'project';
  project: Project;
  /** The referral that the e-mail is about; for an e-mail about a project, its latest main referral. */
  referral: Referral | null;
  /** The project's latest main referral. */
  latest: Referral | null;
}

/** A questionnaire not sent yet. `name` is empty and `email` null until they are given. Personal data. */
export interface UnsentDraft {
  id: string;
  language: Language;
  name: string;
  email: string | null;
}

/** `draft` is null once it was sent or purged. */
export interface DraftSituation {
  about: 'draft';
  draft: UnsentDraft | null;
}

/** The report of a quarter that an e-mail is about, as its reader may see it. */
export interface ReportNews {
  /** The quarter: "2026-T4". */
  id: string;
  /** "4e trimestre 2026" */
  period: string;
  /** Null while it is a draft. */
  issued: { by: string; at: Date } | null;
  /** What changed, a sentence each. */
  lines: string[];
  /** Does the e-mail carry it as a file? */
  hasFile: boolean;
}

/** `account` is null once it is closed. `digest`: what waits for it, for the e-mails that sum it up; null for the others. */
export interface AccountSituation {
  about: 'account';
  account: Account | null;
  mailRefused: boolean;
  /** For the e-mail that says so, which alone still has the account then. */
  isClosed?: boolean;
  digest: Digest | null;
  /** For the e-mails about a report; missing from the others. */
  report?: ReportNews | null;
}
export type Situation = ProjectSituation | DraftSituation | AccountSituation;

/** Who entered a project for somebody may have chosen its partner: then nobody is told that it is elsewhere. */
const decided =
  (outcome: Outcome) =>
  ({ project }: Happening): boolean =>
    project.decision.outcome === outcome && (outcome === 'routed' || !project.override);

/** The first partner of a project that the rules routed: its receipt says who has it. */
const isOnReceipt = ({ project, referral }: Happening): boolean =>
  referral?.sequence === 1 && project.decision.outcome === 'routed';

/** Another partner's people sent it here: the reason is theirs, not the managers'. */
const comesFromAPartner = ({ event, referral }: Happening): boolean =>
  ['advisor', 'lead'].includes(event.actor.role) && (referral?.sequence ?? 1) > 1;

const AT_A_PARTNER = ['waiting', 'in_progress'];

/** The `when` of the catalogue, asked once, when the event happens. */
export const PLAN_CONDITIONS = {
  always: () => true,
  routed: decided('routed'),
  'to triage': decided('triage'),
  'out of territory': decided('out_of_territory'),
  rejected: decided('rejected'),
  /** Not by the rules at submission: the receipt says that already. */
  'by a person': (happening) =>
    ['manager', 'advisor', 'lead'].includes(happening.event.actor.role) &&
    !isOnReceipt(happening) &&
    !comesFromAPartner(happening),
  'sent on by a partner': comesFromAPartner,
  'needs a person': ({ event, project }) =>
    event.type === 'declined' || (project.decision.outcome === 'triage' && !project.override),
  'at a partner': ({ project, referral }) =>
    referral ? REFERRAL_STATES[referral.state].open : AT_A_PARTNER.includes(project.state),
  'at no partner': ({ project, referral }) =>
    referral ? !REFERRAL_STATES[referral.state].open : !AT_A_PARTNER.includes(project.state),
  /** The holder knows by name who was to call. */
  'while in hand': ({ event }) => event.before === 'taken',
  'to somebody else': ({ event }) => event.to !== undefined && event.to !== event.actor.account,
  'nobody is there': ({ referral }) => referral?.state === 'waiting' && referral.assignee === null,
  'no answer': ({ event }) => event.reason === 'no-answer' || event.reason === 'message',
  'an appointment is set': ({ event }) => event.reason !== CANCELLED,
  'an appointment is lost': ({ event }) => event.lost !== undefined,
  'not taken yet': ({ project, referral }) => (referral?.state ?? project.state) === 'waiting',
  /** Withdrawn or erased while a partner had it. */
  'leaves a partner': ({ event }) => event.after === 'withdrawn' && AT_A_PARTNER.includes(event.before ?? ''),
} as const satisfies Record<string, (happening: Happening) => boolean>;
export type PlanCondition = keyof typeof PLAN_CONDITIONS;

const isOpen = (referral: Referral | null): boolean => referral !== null && REFERRAL_STATES[referral.state].open;

/** Closed, and not reopened or taken back since. */
const hasEnded = (project: Project, latest: Referral | null): boolean =>
  project.withdrawnAt === null &&
  (Boolean(project.closing) || (latest !== null && latest.outcome !== null && latest.state === latest.outcome));

const isErased = ({ project }: ProjectSituation): boolean => project.erasedAt !== null;

/** Nothing is written about a project whose data are erased, but that it is. */
const ofProject =
  (holds: (situation: ProjectSituation) => boolean) =>
  (situation: Situation): boolean =>
    situation.about === 'project' && !isErased(situation) && holds(situation);

/** The `stillWanted` of the catalogue, asked again just before sending. */
export const WANTED_CONDITIONS = {
  'unless erased': ofProject(() => true),
  'once erased': (situation) => situation.about === 'project' && isErased(situation),
  'unless withdrawn': ofProject(({ project, latest }) => project.withdrawnAt === null && latest?.state !== 'withdrawn'),
  'while open': ofProject(({ project, referral }) => project.withdrawnAt === null && isOpen(referral)),
  'while waiting': ofProject(({ project, referral }) => project.withdrawnAt === null && referral?.state === 'waiting'),
  'while taken': ofProject(({ project, referral }) => project.withdrawnAt === null && referral?.state === 'taken'),
  'while nobody has it': ofProject(
    ({ project, referral }) =>
      project.withdrawnAt === null && referral?.state === 'waiting' && referral.assignee === null,
  ),
  'while an answer is awaited': ofProject(
    ({ project, referral }) => project.withdrawnAt === null && isOpen(referral) && referral?.asked !== null,
  ),
  'while not reached': ofProject(
    ({ project, referral }) => project.withdrawnAt === null && referral?.state === 'taken' && referral.attempts > 0,
  ),
  'while the appointment stands': ofProject(
    ({ project, referral }) => project.withdrawnAt === null && isOpen(referral) && referral?.appointment !== null,
  ),
  'while no appointment stands': ofProject(
    ({ project, referral }) => project.withdrawnAt === null && referral?.appointment === null,
  ),
  'while associated': ofProject(
    ({ project, referral }) => project.withdrawnAt === null && referral?.state === 'informed',
  ),
  /** Also once erased: somebody may be about to call. The referral follows its project a moment later. */
  'once withdrawn': (situation) =>
    situation.about === 'project' &&
    situation.project.withdrawnAt !== null &&
    (situation.referral?.state === 'withdrawn' || isOpen(situation.referral)),
  'while closed': ofProject(
    ({ referral }) => referral !== null && referral.outcome !== null && referral.state === referral.outcome,
  ),
  'while closed in triage': ofProject(
    ({ project }) => project.withdrawnAt === null && project.state === 'closed' && Boolean(project.closing),
  ),
  'while in triage': ofProject(
    ({ project, latest }) =>
      project.withdrawnAt === null &&
      !project.closing &&
      projectState(project.decision, latest?.state ?? null) === 'triage',
  ),
  /** Once is enough: one who has answered by himself is not asked. */
  'while no opinion is given': ofProject(
    ({ project, latest }) => hasEnded(project, latest) && project.survey === null && !project.questionsRefusedAt,
  ),
  'while nobody knows what became of it': ofProject(
    ({ project, latest }) => hasEnded(project, latest) && !project.became && !project.questionsRefusedAt,
  ),
  'while the address is refused': ofProject(({ project }) => Boolean(project.mailRefused)),
  'while the account is in use': (situation) => situation.about === 'account' && situation.account !== null,
  'once the account is closed': (situation) =>
    situation.about === 'account' && situation.account !== null && situation.isClosed === true,
  'while the account’s address is refused': (situation) =>
    situation.about === 'account' && situation.account !== null && situation.mailRefused,
  'while something waits': (situation) =>
    situation.about === 'account' &&
    situation.account !== null &&
    situation.digest !== null &&
    !isEmptyDigest(situation.digest),
  'while the report is to be issued': (situation) =>
    situation.about === 'account' &&
    situation.account !== null &&
    may(situation.account, 'issueReports') &&
    situation.report?.issued === null,
  'once the report is issued': (situation) =>
    situation.about === 'account' &&
    situation.account !== null &&
    may(situation.account, 'seeReports') &&
    Boolean(situation.report?.issued),
  'while unsent': (situation) =>
    situation.about === 'draft' && situation.draft !== null && situation.draft.email !== null,
} as const satisfies Record<string, (situation: Situation) => boolean>;
export type WantedCondition = keyof typeof WANTED_CONDITIONS;
