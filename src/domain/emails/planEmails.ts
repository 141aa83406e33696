import { addBusinessDays, type Closures, localDay, nextBusinessInstant } from '../calendar/businessTime.js';
import type { Project, ProjectEvent, Referral } from '../referrals/referral.js';
import { type DraftEmailId, EMAIL_IDS, type EmailId, rowOf } from './catalogue.js';
import {
  type Happening,
  PLAN_CONDITIONS,
  type Situation,
  WANTED_CONDITIONS,
  type WantedCondition,
} from './conditions.js';
import { eventOf, type PlannedDelivery, stepOf } from './delivery.js';
import { dueOf } from './timing.js';

type Subject = Pick<PlannedDelivery, 'about' | 'project'>;
/** `at`: when it happened; `occasion`: an id that is new each time it happens, so that the same time is kept once. */
interface When {
  at: Date;
  occasion: string;
  referral?: Referral | null;
  closures?: Closures;
}

const OPEN: Closures = new Set();

const withKey = (planned: Omit<PlannedDelivery, 'key' | 'lastAddress'>): PlannedDelivery => {
  const { email, about, audience, occasion } = planned;
  return { key: [email, about.kind, about.id, audience, occasion].join(':'), ...planned, lastAddress: null };
};

/** What tells apart the times when the same e-mail is owed: the event, or the business day for what leaves once a day. */
export const occasionOf = (email: EmailId, { id, at }: Pick<ProjectEvent, 'id' | 'at'>): string =>
  rowOf(email).pace === 'once a business day' ? localDay(nextBusinessInstant(at)) : id;

const planOne = (
  email: EmailId,
  { about, project }: Subject,
  { at, occasion: each, referral = null, closures = OPEN }: When,
): PlannedDelivery => {
  const row = rowOf(email);
  const { audience } = row;
  const occasion = occasionOf(email, { id: each, at });
  const due = dueOf(row, { at, referral, closures });
  return withKey({ email, about, project, audience, occasion, due });
};

const aboutProject = ({ id }: Pick<Project, 'id'>): Subject => ({ about: { kind: 'project', id }, project: id });

/** Which e-mails what happened calls for, in the order of the catalogue. */
export const emailsSetOff = (happening: Happening): EmailId[] =>
  EMAIL_IDS.filter((id) => {
    const { triggers, when } = rowOf(id);
    return triggers.includes(happening.event.type) && PLAN_CONDITIONS[when](happening);
  });

/**
 * The e-mails that an event calls for, in the order of the catalogue. Pure: the same event gives the same keys, so planning
 * twice keeps once. `referral` is the one that the event is about, null when it is about the project alone.
 */
export const planEmails = (
  event: ProjectEvent,
  { project, referral, closures }: { project: Project; referral: Referral | null; closures?: Closures },
): PlannedDelivery[] => {
  const subject: Subject =
    referral && event.type !== 'submitted'
      ? { about: { kind: 'referral', id: referral.id }, project: project.id }
      : aboutProject(project);
  const when = { at: event.at, occasion: event.id, referral, ...(closures && { closures }) };
  return emailsSetOff({ event, project, referral }).map((email) => planOne(email, subject, when));
};

/** The next of those that come again, so long after this one; null for the others. */
export const planNext = (delivery: PlannedDelivery): PlannedDelivery | null => {
  const { email, about, project, audience, due } = delivery;
  const { again } = rowOf(email);
  if (!again) return null;
  const occasion = `${eventOf(delivery)}#${stepOf(delivery) + 1}`;
  return withKey({ email, about, project, audience, occasion, due: addBusinessDays(due, again.businessDays) });
};

/** The same e-mail once more, because somebody asks. `id`: new each time. */
export const planAgain = (delivery: PlannedDelivery, { at, id }: { at: Date; id: string }): PlannedDelivery => {
  const { email, about, project, audience } = delivery;
  const occasion = `${delivery.occasion.replace(/~.*$/, '')}~${id}`;
  return withKey({ email, about, project, audience, occasion, due: at });
};

/**
 * An e-mail about a questionnaire that is not sent yet. `draft`: its id, never an address. The link to resume leaves at
 * once, each time it is asked for; the nudge a business day later, once in the life of a draft, however often it is planned.
 */
export const planDraftEmails = (
  { draft }: { draft: string },
  { at, occasion, which }: When & { which: DraftEmailId },
): PlannedDelivery[] => {
  const subject: Subject = { about: { kind: 'draft', id: draft }, project: null };
  return [planOne(which, subject, { at, occasion: which === 'holder-nudge' ? 'once' : occasion })];
};

/** The link to the follow-up page, sent again to the address that the project has. */
export const planLinkAgain = (project: Pick<Project, 'id'>, when: When): PlannedDelivery[] => [
  planOne('holder-link-again', aboutProject(project), when),
];

/** The word that everything is erased, to `lastAddress`, which the project has no longer. */
export const planErased = (
  project: Pick<Project, 'id'>,
  { lastAddress, ...when }: When & { lastAddress: string },
): PlannedDelivery[] => [{ ...planOne('holder-erased', aboutProject(project), when), lastAddress }];

/** An e-mail about an account: `which` is set off by what happened to it (`occasion`), or by a slot of the timetable (its day). */
export const planAccountEmail = (
  account: { id: string },
  { which, ...when }: When & { which: EmailId },
): PlannedDelivery => planOne(which, { about: { kind: 'account', id: account.id }, project: null }, when);

/** Null when the e-mail should still leave; otherwise the condition of the catalogue that no longer holds. */
export const unwantedBecause = (email: EmailId, situation: Situation): WantedCondition | null => {
  const { stillWanted } = rowOf(email);
  return WANTED_CONDITIONS[stillWanted](situation) ? null : stillWanted;
};
