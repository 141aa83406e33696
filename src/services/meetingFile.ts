import { sheetRead } from '../domain/audit/auditNotes.js';
import { type Account, may } from '../domain/referrals/access.js';
import { MEETING_KINDS, type Meeting, meetingOf } from '../domain/referrals/meeting.js';
import type { Project } from '../domain/referrals/referral.js';
import { NotFound } from '../errors.js';
import type { Parts } from './parts.js';

const wordsFor = ({ contact, facts, reference }: Project, { kind, isPromise }: Meeting) => ({
  title: isPromise
    ? `Appeler ${contact.name} (${reference})`
    : `${MEETING_KINDS[kind].fr} avec ${contact.name} (${reference})`,
  description: [
    facts.title,
    contact.phone && `Téléphone\u00a0: ${contact.phone}`,
    contact.email && `E-mail\u00a0: ${contact.email}`,
  ]
    .filter(Boolean)
    .join('\n'),
});

/**
 * The calendar file of a referral, for the desk: the appointment, or else the call that was promised. `by`: who downloads it.
 * Throws NotFound for another partner's referral, and when there is nothing to put in a calendar.
 */
export const meetingFile =
  ({
    addresses,
    calendarFile,
    clock,
    note,
    projects,
    referrals,
  }: Pick<Parts, 'addresses' | 'calendarFile' | 'clock' | 'note' | 'projects' | 'referrals'>) =>
  async (by: Account, id: string): Promise<{ name: string; text: string }> => {
    const referral = await referrals.byId(id);
    if (!referral || !may(by, 'seeReferral', referral.partner)) throw new NotFound();
    const project = await projects.byId(referral.project);
    const now = clock();
    const meeting = meetingOf(referral, now);
    if (!project || project.erasedAt || !meeting) throw new NotFound();
    await note(sheetRead(by, project.id, { referral: id, of: 'calendar' }));
    const { at, minutes, place, sequence } = meeting;
    const text = calendarFile({
      id: meeting.isPromise ? `${id}-appel` : id,
      ...{ at, minutes, place, sequence },
      ...wordsFor(project, meeting),
      url: addresses.referral(id),
      writtenAt: now,
    });
    return { name: `rendez-vous-${project.reference}.ics`, text };
  };
