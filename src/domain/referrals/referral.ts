import type { Submission } from '../questionnaire/submission.js';
import type { RoutingDecision, RuleTrace } from '../routing/decision.js';
import type { Words } from '../territory/language.js';
import type { Need } from '../territory/needs.js';
import type { Stage } from '../territory/stages.js';
import type { Role } from './access.js';
import type { AssignedBecause } from './assignment.js';
import type { Basket, CloseOutcome, DeclineReason, HelpKind, ReferralState, TriageCloseReason } from './lifecycle.js';

/** A state that a holder, an advisor and a manager understand; derived from the decision and the latest main referral. */
export type ProjectState =
  | 'triage'
  | 'waiting'
  | 'in_progress'
  | 'helped'
  | 'closed'
  | 'withdrawn'
  | 'out_of_territory'
  | 'rejected';

/** Why a submission is looked at by a person before any partner: shown in triage, never a silent refusal. */
export type Flag = 'honeypot' | 'too-fast' | 'solicitation' | 'sent-again';

/** What a holder wrote after sending; its event points to it by id. Personal data: erasure deletes it. */
export interface HolderMessage {
  id: string;
  at: Date;
  text: string;
}

/** The two questions asked once a referral has ended. */
export interface Survey {
  calledBack: 'yes' | 'no';
  useful: 'yes' | 'partly' | 'no';
  at: Date;
}

/** A permanent refusal of the mail server (RFC 5321, 5xx) or a delivery failure that came back (RFC 3464). */
export interface MailRefusal {
  at: Date;
  /** The server's words, without the address. */
  because: string;
}

/** What became of a project, six months after: codes, with the holder's words for them. */
export const BECAME = {
  'under-way': { fr: 'Le projet avance', en: 'The project is moving forward' },
  launched: { fr: 'Le projet est lancé', en: 'The project has started' },
  'on-hold': { fr: 'Le projet est en pause', en: 'The project is on hold' },
  stopped: { fr: 'Le projet est arrêté', en: 'The project has stopped' },
} as const satisfies Record<string, Words>;
export type Became = keyof typeof BECAME;

/** How a person agreed that the project is passed on: ticked, said on the telephone, or signed at the counter. */
export const CONSENT_WAYS = {
  form: 'Case cochée dans le questionnaire',
  said: 'Dit au téléphone',
  signed: 'Signé au guichet',
} as const;
export type ConsentWay = keyof typeof CONSENT_WAYS;

interface Consent {
  /** Account of who asked for it and entered the project; null when the holder did it alone. */
  by: string | null;
  at: Date;
  how: ConsentWay;
}

/** Who entered a project for somebody chose its partner, not the rules, whose decision stays as it was. */
export interface Override {
  partner: string;
  /** Code: of KEEP_REASONS when it was kept, of SEND_REASONS when a manager chose. */
  reason: string;
  /** `kept`: at the partner of who entered it. */
  kind: 'kept' | 'chosen';
  /** In words, for the people of the desk: erasure empties them. */
  words: string;
  by: { role: Role; account: string };
}

/** A manager ended the project without a partner. Its event points to `id`. */
export interface TriageClosing {
  id: string;
  at: Date;
  reason: TriageCloseReason;
  /** For the holder, who reads them; erasure empties them. */
  words: string;
  by: string;
}

/** One completed questionnaire with its routing decision. */
export interface Project extends Submission {
  id: string;
  /** Short and readable on the telephone: "26-K7QF3". */
  reference: string;
  submittedAt: Date;
  decision: RoutingDecision;
  /** Kept beside the facts it derives from (`projectState`), for lists and counts. */
  state: ProjectState;
  /** Code of the entry channel (`?via=`); null when the holder came by the front page. */
  channel: string | null;
  consent: Consent;
  override: Override | null;
  /** Missing, or null: not ended so. */
  closing?: TriageClosing | null;
  flags: Flag[];
  messages: HolderMessage[];
  survey: Survey | null;
  /** Missing, or null: the holder has not said. */
  became?: { what: Became; at: Date } | null;
  /** Since when the holder wants no questions about it by e-mail. */
  questionsRefusedAt?: Date | null;
  /** Why the holder's address receives nothing; null again once it is corrected. */
  mailRefused?: MailRefusal | null;
  /** When the holder took the project back: an end, whatever its referral. */
  withdrawnAt: Date | null;
  /** When personal data were erased, on the holder's request or in time; what is left counts in statistics and names nobody. */
  erasedAt: Date | null;
  /** Made up for the demonstration. */
  demo: boolean;
}

/** What statistics read of a project, beside its events. */
export type CountedProject = Pick<Project, 'id' | 'reference' | 'submittedAt' | 'facts' | 'channel'> & {
  decision: Pick<RoutingDecision, 'outcome' | 'main'> & { trace: Omit<RuleTrace, 'label' | 'conditions'>[] };
};

/**
 * What queues show, filter and search of a project, copied when it reaches the partner. `title` and `words` are the
 * holder's: erasure empties them.
 */
export interface ReferralAbout {
  reference: string;
  title: string;
  need: Need | null;
  stage: Stage | null;
  /** INSEE code; SIREN. */
  commune: string | null;
  epci: string | null;
  channel: string | null;
  submittedAt: Date;
  /** Search: each word once, lower case, without accents (domain/referrals/searchWords.ts). */
  words: string[];
}

/** A meeting or a call that both sides have in their calendars. */
export interface Appointment {
  at: Date;
  minutes: number;
  kind: 'call' | 'visit' | 'video';
  /** Address or link; empty for a call. */
  place: string;
  /** Grows with each change, as calendars ask (RFC 5545, SEQUENCE). */
  sequence: number;
}

/** One project at one partner. */
export interface Referral {
  id: string;
  project: string;
  partner: string;
  /** main: runs the clock, the reminders and the figures; associated: brought in beside it, state `informed`. */
  role: 'main' | 'associated';
  /** 1 for the first main referral of the project, 2 for the next… One is open at a time. */
  sequence: number;
  state: ReferralState;
  /** Where queues show it: `basketOf`, kept with each change. */
  basket: Basket;
  about: ReferralAbout;
  /** Grows by one at each change; every change names the version that it saw. */
  version: number;
  /** When it reached the partner. */
  sentAt: Date;
  /** The promise made to the holder: somebody calls before this instant. */
  callBy: Date;
  /** Account of the advisor it was given to; null when the partner had nobody. Any advisor of the partner may take it. */
  assignee: string | null;
  /** Why this person (`assignmentInWords`); null when nobody, or when a person decided. */
  assignedBecause: AssignedBecause | null;
  takenBy: string | null;
  takenAt: Date | null;
  closedAt: Date | null;
  declineReason: DeclineReason | null;
  outcome: CloseOutcome | null;
  /** What kind of help, once helped. */
  help: HelpKind | null;
  /** The holder owes an answer, asked then; the due date stands still until it comes, or until `until`. */
  asked: { at: Date; until: Date; note: string } | null;
  /** Calls without an answer since it was taken. */
  attempts: number;
  appointment: Appointment | null;
  /** When anything last happened to it: what an open page compares with. */
  changedAt: Date;
  /** When the partner's people last did something with it; missing, or null: never. */
  actedAt?: Date | null;
  /** Free text of acts (a sentence with a decline, words with a closing); events point to them by id. */
  notes: { id: string; text: string }[];
  demo: boolean;
}

export type ActorRole = Role | 'holder' | 'system';

/** Reason of the events by which what somebody had passes to others, because that person has left the partner. */
export const DEPARTURE = 'departure';

export type EventType =
  | 'submitted'
  | 'referred'
  | 'taken'
  | 'declined'
  | 'closed'
  | 'withdrawn'
  | 'released'
  | 'transferred'
  | 'call-logged'
  | 'booked'
  | 'detail-asked'
  | 'detail-given'
  // No answer came in time: the clock goes on without it.
  | 'wait-ended'
  | 'brought-in'
  | 'rerouted'
  | 'reopened'
  | 'expired'
  // A manager ended it in triage: no partner will have it.
  | 'closed-in-triage'
  // A message that the partners involved share.
  | 'shared'
  // What the holder does on the follow-up page; none of these changes a state.
  | 'message-added'
  | 'contact-corrected'
  | 'nobody-called'
  | 'surveyed'
  // What the holder says became of the project.
  | 'became'
  | 'erased'
  // An advisor wrote to the holder; no answer is awaited.
  | 'written'
  // The holder's address does not receive.
  | 'address-refused';

/** An act on a project: who, what, when, why, before, after. Codes and ids only; never changed once written. */
export interface ProjectEvent {
  id: string;
  project: string;
  referral: string | null;
  partner: string | null;
  type: EventType;
  at: Date;
  /** When it was written down, which an outage may put off; missing: at once. */
  recordedAt?: Date;
  actor: { role: ActorRole; account: string | null };
  before: string | null;
  after: string | null;
  /** Code: a decline reason, an outcome, a need… depending on the type. */
  reason: string | null;
  /** Id of a note of the referral, or of a message of the project. */
  note: string | null;
  /** Where it goes: the account of a colleague (transferred), another partner (rerouted, brought-in). */
  to?: string;
  /** Place among the changes of the project's main referrals (`rankOf`): orders what one instant holds. */
  rank?: number;
  /** The due date, when the event sets or moves it. */
  callBy?: Date;
  /** The appointment that the event takes away: calendars are told so. */
  lost?: Omit<Appointment, 'place'>;
}
