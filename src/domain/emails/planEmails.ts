import { addBusinessDays } from '../calendar/businessTime.js';
import type { Project, ProjectEvent, Referral } from '../referrals/referral.js';
import { EMAIL_IDS, EMAILS, type EmailId, type EmailRow } from './catalogue.js';
import { PLAN_CONDITIONS, type Situation, WANTED_CONDITIONS, type WantedCondition } from './conditions.js';
import type { PlannedDelivery } from './delivery.js';

const rowOf = (id: EmailId): EmailRow => EMAILS[id];

const isSetOff = (id: EmailId, event: ProjectEvent, project: Project): boolean => {
  const { triggers, when } = rowOf(id);
  return triggers.includes(event.type) && PLAN_CONDITIONS[when]({ event, project });
};

const dueOf = ({ delay }: EmailRow, at: Date): Date =>
  delay === 'at once' ? at : addBusinessDays(at, delay.businessDays);

/**
 * The e-mails that an event calls for, in the order of the catalogue. Pure: the same event gives the same keys, so planning
 * twice keeps once. `referral` is the one that the event is about, null when it is about the project alone.
 */
export const planEmails = (
  event: ProjectEvent,
  { project, referral }: { project: Project; referral: Referral | null },
): PlannedDelivery[] =>
  EMAIL_IDS.filter((id) => isSetOff(id, event, project)).map((email) => {
    const row = rowOf(email);
    const about: PlannedDelivery['about'] =
      referral && event.type !== 'submitted'
        ? { kind: 'referral', id: referral.id }
        : { kind: 'project', id: project.id };
    return {
      key: [email, about.kind, about.id, row.audience, event.id].join(':'),
      email,
      about,
      project: project.id,
      audience: row.audience,
      occasion: event.id,
      due: dueOf(row, event.at),
    };
  });

/** Null when the e-mail should still leave; otherwise the condition of the catalogue that no longer holds. */
export const unwantedBecause = (email: EmailId, situation: Situation): WantedCondition | null => {
  const { stillWanted } = rowOf(email);
  return WANTED_CONDITIONS[stillWanted](situation) ? null : stillWanted;
};
