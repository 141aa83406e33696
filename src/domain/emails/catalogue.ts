import type { EventType } from '../referrals/referral.js';
import type { PlanCondition, WantedCondition } from './conditions.js';
import type { Audience } from './delivery.js';

/**
 * Every e-mail of the service: whom it is for, which event sets it off, after how long, and the page its one button opens.
 * `when` narrows the event down. `stillWanted` is asked again just before the e-mail leaves: a reminder about a project that
 * an advisor has taken meanwhile is dropped. Business days are those of the partners, in domain/calendar.
 * Each row has two templates: views/emails/<id>.ejs (HTML) and views/emails/<id>.text.ejs (its first line is the subject).
 * To add an e-mail: a row here, its words in models.ts, its two templates.
 */
export interface EmailRow {
  /** What it is, in the words of the preview and of the project's sheet. */
  label: string;
  audience: Audience;
  triggers: readonly EventType[];
  when: PlanCondition;
  delay: { businessDays: number } | 'at once';
  stillWanted: WantedCondition;
  button: { label: string; opens: Destination };
}
export type Destination = 'follow-up' | 'new project' | 'referral' | 'project sheet';

export const EMAILS = {
  'holder-receipt': {
    label: 'Accusé de réception : le projet est chez un partenaire',
    audience: 'holder',
    triggers: ['submitted'],
    when: 'routed',
    delay: 'at once',
    stillWanted: 'always',
    button: { label: 'Suivre mon projet', opens: 'follow-up' },
  },
  'holder-receipt-triage': {
    label: 'Accusé de réception : une personne choisit le partenaire',
    audience: 'holder',
    triggers: ['submitted'],
    when: 'to triage',
    delay: 'at once',
    stillWanted: 'always',
    button: { label: 'Suivre mon projet', opens: 'follow-up' },
  },
  'holder-receipt-out-of-territory': {
    label: 'Accusé de réception : le projet est hors du territoire',
    audience: 'holder',
    triggers: ['submitted'],
    when: 'out of territory',
    delay: 'at once',
    stillWanted: 'always',
    button: { label: 'Revoir ma demande', opens: 'follow-up' },
  },
  'holder-receipt-rejected': {
    label: 'Accusé de réception : la demande ne décrit pas un projet',
    audience: 'holder',
    triggers: ['submitted'],
    when: 'rejected',
    delay: 'at once',
    stillWanted: 'always',
    button: { label: 'Déposer un projet', opens: 'new project' },
  },
  'holder-sent-on': {
    label: 'Le projet est confié à un partenaire',
    audience: 'holder',
    triggers: ['referred'],
    when: 'by a person',
    delay: 'at once',
    stillWanted: 'while waiting',
    button: { label: 'Suivre mon projet', opens: 'follow-up' },
  },
  'holder-taken': {
    label: 'Le projet est pris en charge',
    audience: 'holder',
    triggers: ['taken'],
    when: 'always',
    delay: 'at once',
    stillWanted: 'while taken',
    button: { label: 'Suivre mon projet', opens: 'follow-up' },
  },
  'holder-closed': {
    label: 'Le suivi du projet se termine',
    audience: 'holder',
    triggers: ['closed'],
    when: 'always',
    delay: 'at once',
    stillWanted: 'while closed',
    button: { label: 'Revoir mon projet', opens: 'follow-up' },
  },
  'advisor-new-project': {
    label: 'Un projet pour vous',
    audience: 'advisor',
    triggers: ['referred'],
    when: 'always',
    delay: 'at once',
    stillWanted: 'while waiting',
    button: { label: 'Voir le projet', opens: 'referral' },
  },
  'advisor-reminder': {
    label: 'Relance : un projet attend',
    audience: 'advisor',
    triggers: ['referred'],
    when: 'always',
    delay: { businessDays: 2 },
    stillWanted: 'while waiting',
    button: { label: 'Voir le projet', opens: 'referral' },
  },
  'manager-triage': {
    label: 'Un projet à orienter',
    audience: 'manager',
    triggers: ['submitted', 'declined'],
    when: 'needs a person',
    delay: 'at once',
    stillWanted: 'while in triage',
    button: { label: 'Orienter le projet', opens: 'project sheet' },
  },
} as const satisfies Record<string, EmailRow>;

export type EmailId = keyof typeof EMAILS;
export const EMAIL_IDS = Object.keys(EMAILS) as EmailId[];

/** Why they get it: the last line of every e-mail. */
export const WHY: Record<Audience, string> = {
  holder: 'Vous recevez ce message parce que vous avez déposé un projet.',
  advisor: 'Vous recevez ce message parce que vous accueillez des projets chez un partenaire.',
  manager: 'Vous recevez ce message parce que vous pilotez la porte d’entrée innovation.',
};

/** When the mail server says "not now": how many tries in all, the first wait, then twice as long each time. About a day. */
export const TRIES = { atMost: 12, firstWaitInSeconds: 40 } as const;
