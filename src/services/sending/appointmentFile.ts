import type { OutgoingEmail } from '../../delivery/transport.js';
import { type EmailId, rowOf } from '../../domain/emails/catalogue.js';
import type { Audience } from '../../domain/emails/delivery.js';
import type { ProjectEmailFacts } from '../../domain/emails/emailFacts.js';
import { MEETING_KINDS } from '../../domain/referrals/meeting.js';
import type { Appointment } from '../../domain/referrals/referral.js';
import type { Words } from '../../domain/territory/language.js';
import type { Parts } from '../parts.js';
import type { Recipient } from './emailRecipients.js';

type Needs = Pick<Parts, 'addresses' | 'calendarFile'>;

/** What the file says: never who the holder is, who reads it may forward it. */
const entryFor = (
  { project, partner, language }: ProjectEmailFacts,
  { kind }: Pick<Appointment, 'kind'>,
  audience: Audience,
) => {
  const other = audience === 'holder' ? partner : project.facts.title;
  const colon: Words = { fr: '\u00a0: ', en: ': ' };
  return {
    title: [MEETING_KINDS[kind][language], other || project.reference].join(colon[language]),
    description: `${project.facts.title}\n${project.reference}`,
  };
};

/**
 * The calendar file that goes with an e-mail: the appointment as it stands, or the one that was taken away. Null when the
 * e-mail carries none. The same appointment has the same identifier in all of its files; its sequence grows.
 */
export const appointmentFile = (
  { addresses, calendarFile }: Needs,
  email: EmailId,
  facts: ProjectEmailFacts,
  to: Recipient[],
): OutgoingEmail['calendar'] => {
  const { calendar: method, audience } = rowOf(email);
  const { referral, event, project, now } = facts;
  const meeting = method === 'CANCEL' ? event?.lost : referral?.appointment;
  if (!method || !referral || !meeting) return null;
  const { at, minutes, sequence } = meeting;
  const text = calendarFile({
    id: referral.id,
    ...{ at, minutes, sequence },
    ...entryFor(facts, meeting, audience),
    place: method === 'CANCEL' ? '' : (referral.appointment?.place ?? ''),
    url: audience === 'holder' ? null : addresses.referral(referral.id),
    writtenAt: now,
    sent: { method, by: { name: facts.partner ?? '', address: addresses.sender }, to },
  });
  return { name: `rendez-vous-${project.reference}.ics`, text, method };
};
