import { appointmentAhead, MEETING_KINDS } from '../domain/referrals/meeting.js';
import type { Language } from '../domain/territory/language.js';
import { NotFound } from '../errors.js';
import { type OpenParts, openOwnProject } from './openOwnProject.js';
import type { Parts } from './parts.js';

/**
 * The holder's appointment as a calendar file, by the secret of the follow-up link. Null when the data were erased. Throws
 * NotFound when there is no appointment ahead, or the link leads nowhere.
 */
export const ownAppointment =
  (parts: OpenParts & Pick<Parts, 'calendarFile' | 'territory'>) =>
  async (token: string, language: Language): Promise<{ name: string; text: string } | null> => {
    const own = await openOwnProject(parts)(token);
    if (!own) return null;
    const { project, referral } = own;
    const now = parts.clock();
    const meeting = appointmentAhead(referral, now);
    if (!referral || !meeting) throw new NotFound();
    const { kind, ...when } = meeting;
    const partner = parts.territory.partner(referral.partner)?.name ?? project.reference;
    const text = parts.calendarFile({
      id: referral.id,
      ...when,
      title: `${MEETING_KINDS[kind][language]} (${partner})`,
      description: `${project.facts.title}\n${project.reference}`,
      url: null,
      writtenAt: now,
    });
    return { name: `rendez-vous-${project.reference}.ics`, text };
  };
