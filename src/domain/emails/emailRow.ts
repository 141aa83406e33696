import type { EventType } from '../referrals/referral.js';
import type { Words } from '../territory/language.js';
import type { PlanCondition, WantedCondition } from './conditions.js';

/** What sets an e-mail off beside an event of a project: its own function of planEmails.ts plans it. */
export type Asking = 'resume asked' | 'draft left' | 'link lost' | 'erasure asked';

interface SharedRow {
  /** What it is, in the words of the preview and of the project's sheet. */
  label: string;
  triggers: readonly (EventType | Asking)[];
  when: PlanCondition;
  delay: { businessDays: number } | 'at once';
  stillWanted: WantedCondition;
  /** At most one a business day about the same thing, however often it happens; otherwise one each time. */
  pace?: 'once a business day';
  /** The appointment goes with it, as a calendar file: set or moved, or taken away. */
  calendar?: 'REQUEST' | 'CANCEL';
}
/** Holders read their own language: every word of theirs exists in each. */
interface HolderRow extends SharedRow {
  audience: 'holder';
  button: { label: Words; opens: Destination };
}
interface StaffRow extends SharedRow {
  audience: 'advisor' | 'lead' | 'manager';
  button: { label: string; opens: Destination };
}
export type EmailRow = HolderRow | StaffRow;
export type Destination =
  | 'home'
  | 'draft'
  | 'follow-up'
  | 'answer'
  | 'contact data'
  | 'new project'
  | 'referral'
  | 'project sheet';
