import { momentInWords } from '../../domain/calendar/words.js';
import { appointmentAhead, MEETING_KINDS } from '../../domain/referrals/meeting.js';
import { paths } from '../../paths.js';
import type { FollowedProject } from '../../services/followProject.js';
import { messageField, SEND_ANSWER } from './followUpMessage.js';
import type { Reading } from './followUpPage.js';
import { writtenMoment } from './ownStory.js';

/** What the desk asked, with the form to answer it. */
export const ownQuestion = ({ question, acts }: FollowedProject, { token, language }: Reading) =>
  question && acts.includes('addMessage')
    ? {
        text: question.text,
        action: paths.addMessage(token),
        field: messageField(language, { isAnswer: true }),
        button: SEND_ANSWER[language],
      }
    : null;

/** Where to put the address right, while it may be; null when our messages arrive. */
export const addressRefused = ({ project, acts }: FollowedProject, { token }: Reading) =>
  project.mailRefused && acts.includes('correctContact') ? { href: paths.correctContact(token) } : null;

/** What the partner's people wrote, first to last. */
export const writtenToOwner = ({ events, referral }: FollowedProject, { language }: Reading) =>
  events
    .filter(({ type, referral: id }) => type === 'written' && id === referral?.id)
    .flatMap(({ at, note }) => {
      const text = referral?.notes.find(({ id }) => id === note)?.text;
      return text ? [{ when: writtenMoment(at, language), text }] : [];
    });

/** The appointment ahead; null without one. */
export const ownMeeting = ({ referral }: FollowedProject, { token, language, now }: Reading) => {
  const meeting = appointmentAhead(referral, now);
  return (
    meeting && {
      when: momentInWords(meeting.at, language),
      kind: `${MEETING_KINDS[meeting.kind][language]}, ${meeting.minutes}\u00a0minutes`,
      place: meeting.kind === 'call' ? '' : meeting.place,
      file: paths.ownAppointment(token),
    }
  );
};
