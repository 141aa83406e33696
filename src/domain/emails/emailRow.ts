import type { EventType } from '../referrals/referral.js';
import type { Words } from '../territory/language.js';
import type { PlanCondition, WantedCondition } from './conditions.js';

/** What sets an e-mail off beside an event of a project: its own function of planEmails.ts plans it. */
export type Asking =
  | 'resume asked'
  | 'draft left'
  | 'link lost'
  | 'erasure asked'
  // Slots of the timetable.
  | 'business morning'
  | 'week begins'
  | 'quarter begins'
  // About an account.
  | 'account opened'
  | 'sign-in link asked'
  | 'password lost'
  | 'password changed'
  | 'second factor changed'
  | 'account closed'
  | 'export made'
  | 'colleague’s address refused'
  // About a report of the committee.
  | 'report issued';

interface SharedRow {
  /** What it is, in the words of the preview and of the project's sheet. */
  label: string;
  triggers: readonly (EventType | Asking)[];
  when: PlanCondition;
  /** After the event, or once the date promised to the holder is past. */
  delay: 'at once' | { businessDays: number } | { months: number } | 'once the promise is missed';
  stillWanted: WantedCondition;
  /** The next one so long after this one, for as long as it is wanted. */
  again?: { businessDays: number };
  /** At most one a business day about the same thing, however often it happens; otherwise one each time. */
  pace?: 'once a business day';
  /** The day on which it joined the catalogue, "2027-01-31": `desk verify` misses none for what happened before. */
  since?: string;
  /** Those that several acts set off within GROUPING_MINUTES leave as one, the latest, which names the others. */
  group?: 'news of the project';
  /** Its delay counts like the promise: not while an answer of the holder is awaited, nor on days when the partner is closed. */
  clock?: 'of the referral';
  /** So many business days without any act on the referral: an act puts it off. */
  quietFor?: { businessDays: number };
  /** The appointment goes with it, as a calendar file: set or moved, or taken away. */
  calendar?: 'REQUEST' | 'CANCEL';
  /** Carries List-Unsubscribe, by one click: from what. */
  unsubscribe?: 'digests' | 'questions';
}
/** Holders read their own language: every word of theirs exists in each. */
interface HolderRow extends SharedRow {
  audience: 'holder';
  button: { label: Words; opens: Destination };
}
interface StaffRow extends SharedRow {
  audience: 'advisor' | 'lead' | 'manager' | 'account';
  button: { label: string; opens: Destination };
  /** Left to the digest of who prefers digests; the others always leave by themselves. */
  preference?: 'digest will do';
  /** Its reader is waiting for it now: leaves also at night and on closed days. */
  atAnyHour?: true;
}
export type EmailRow = HolderRow | StaffRow;
export type Destination =
  | 'home'
  | 'draft'
  | 'follow-up'
  | 'answer'
  | 'contact data'
  | 'opinion'
  | 'what became'
  | 'new project'
  | 'referral'
  | 'project sheet'
  | 'queue'
  | 'figures'
  | 'report'
  | 'report draft'
  | 'exports'
  | 'team'
  | 'invitation'
  | 'sign-in link'
  | 'new password'
  | 'lost password'
  | 'own account';
