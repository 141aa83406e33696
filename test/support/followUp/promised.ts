import {
  businessDaysLater,
  dayOf,
  daysLater,
  type Moment,
  minutesLater,
  staffHour,
  workedDayAfter,
} from './parisTime.js';
import type { Plan, Story } from './stories.js';

/** One e-mail that must leave: about which project, to whom, at which stop of the run. */
export interface Promised {
  email: string;
  about: string;
  at: Moment;
}

/**
 * The e-mails that design.md section 7 promises about each project of the run, worked out from its table alone and not from the
 * catalogue: none about something that was done meanwhile. What falls due after the run's end is not asked of it.
 */
export const promisedEmails = ({ steps, stories }: Plan): Promised[] => {
  const stopFrom = (moment: Moment): Moment | null => steps.find((step) => step >= moment) ?? null;
  return stories.flatMap((story) =>
    aboutOne(story, stopFrom).flatMap(({ email, due, until }) => {
      const at = stopFrom(due);
      return at !== null && (until === null || at < until) ? [{ email, about: `project ${story.number}`, at }] : [];
    }),
  );
};

/** `until`: when it is no longer true; null: always. */
interface Owed {
  email: string;
  due: Moment;
  until: Moment | null;
}

const aboutOne = (story: Story, stopFrom: (moment: Moment) => Moment | null): Owed[] => {
  const receipt = { email: 'holder-receipt', due: story.sent, until: null };
  return [receipt, ...whileWaiting(story, stopFrom), ...onceTaken(story), ...onceClosed(story)];
};

const whileWaiting = ({ sent, taken }: Story, stopFrom: (moment: Moment) => Moment | null): Owed[] => {
  const expires = stopFrom(daysLater(sent, 45));
  const until = taken ?? expires;
  const after = (email: string, days: number): Owed => ({ email, due: businessDaysLater(sent, days), until });
  return [
    { email: 'advisor-new-project', due: staffHour(sent), until },
    after('advisor-reminder', 2),
    // Promised for the evening of the second business day.
    { email: 'holder-not-forgotten', due: `${workedDayAfter(dayOf(sent), 3)} 09:00`, until },
    after('advisor-second-reminder', 4),
    after('lead-escalation', 5),
    ...(taken === null && expires !== null ? [{ email: 'manager-expired', due: staffHour(expires), until: null }] : []),
  ];
};

const onceTaken = ({ taken, closed }: Story): Owed[] => {
  if (taken === null) return [];
  const first = businessDaysLater(taken, 20);
  const second = businessDaysLater(first, 20);
  return [
    { email: 'holder-taken', due: minutesLater(taken, 10), until: closed },
    ...[first, second, businessDaysLater(second, 20)].map((due) => ({ email: 'advisor-news', due, until: closed })),
  ];
};

const onceClosed = ({ closed }: Story): Owed[] =>
  closed === null
    ? []
    : [
        { email: 'holder-closed', due: minutesLater(closed, 10), until: null },
        { email: 'holder-survey', due: businessDaysLater(closed, 10), until: null },
      ];
