import { localDay, nextBusinessInstant } from '../calendar/businessTime.js';
import type { Project, ProjectEvent, ProjectState, Referral } from './referral.js';

/**
 * What a holder may do on the follow-up page, in which states of the project, in the order of the page. Seeing and
 * downloading everything, and erasing it, are always possible. None of these acts waits for anybody.
 */
export const HOLDER_ACTS = {
  nobodyCalled: ['waiting', 'in_progress'],
  addMessage: ['triage', 'waiting', 'in_progress'],
  correctContact: ['triage', 'waiting', 'in_progress'],
  survey: ['helped', 'closed'],
  became: ['helped', 'closed'],
  withdraw: ['triage', 'waiting', 'in_progress'],
} as const satisfies Record<string, readonly ProjectState[]>;
export type HolderAct = keyof typeof HOLDER_ACTS;

/** How much a holder may write: characters of one message, messages of a project, and of one day. */
export const MESSAGE_MAX = 2000;
export const MESSAGES_MAX = 30;
export const MESSAGES_A_DAY = 5;

/** The business day on which something said now is read. */
const dayOfReading = (at: Date): string => localDay(nextBusinessInstant(at));

/** Id of what is said on a business day: said twice that day, it is one event. */
export const nobodyCalledId = (project: string, at: Date): string => `${project}:nobody-called:${dayOfReading(at)}`;

/** Has the holder said so already, for this business day? */
export const saidNobodyCalled = (events: Pick<ProjectEvent, 'id' | 'project'>[], at: Date): boolean =>
  events.some(({ id, project }) => id === nobodyCalledId(project, at));

/** Is it time to wonder? Once somebody has taken the project in hand, or the promised date is past. */
const mayWonder = (referral: Pick<Referral, 'state' | 'callBy'> | null, now: Date): boolean =>
  referral !== null && (referral.state === 'taken' || referral.callBy <= now);

/** The acts that make sense now, in the order of the table. */
export const holderActsFor = (
  project: Pick<Project, 'state' | 'withdrawnAt'>,
  referral: Pick<Referral, 'state' | 'callBy'> | null,
  now: Date,
): HolderAct[] =>
  (Object.keys(HOLDER_ACTS) as HolderAct[])
    .filter((act) => (HOLDER_ACTS[act] as readonly ProjectState[]).includes(project.state))
    .filter((act) => act !== 'nobodyCalled' || mayWonder(referral, now));

/** How many of these messages were written on the day of `now`, in Paris. */
export const messagesOfDay = (messages: Project['messages'], now: Date): number =>
  messages.filter(({ at }) => localDay(at) === localDay(now)).length;
