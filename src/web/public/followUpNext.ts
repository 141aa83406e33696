import { momentInWords } from '../../domain/calendar/words.js';
import { appointmentAhead, MEETING_KINDS } from '../../domain/referrals/meeting.js';
import { paths } from '../../paths.js';
import type { FollowedProject } from '../../services/followProject.js';
import { messageField, SEND_ANSWER } from './followUpMessage.js';
import type { Reading } from './followUpPage.js';

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
