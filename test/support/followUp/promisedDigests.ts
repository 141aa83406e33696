import type { Subjects } from './actsOf.js';
import { businessDaysLater, dayOf, daysLater, isMonday, type Moment, workedDayAfter } from './parisTime.js';
import { staffOfRun } from './people.js';
import type { Promised } from './promised.js';
import type { Plan, Story } from './stories.js';

/**
 * The digests of design.md section 7: Monday at 8:30, to whom something waits for, and to nobody else. Something waits for an
 * advisor: a project to take, or one in hand without news for 20 business days; for a lead: a project whose promised date is
 * past; for managers: the same anywhere, or a project that nobody took in time.
 */
export const promisedDigests = ({ steps, stories }: Plan, subjects: Subjects): Promised[] => {
  const about = new Map([...subjects.values()].map((subject) => [subject.number, subject]));
  const stopFrom = (moment: Moment): Moment => steps.find((step) => step >= moment) ?? 'never';
  const isExpired = ({ sent, taken }: Story, at: Moment): boolean =>
    taken === null && stopFrom(daysLater(sent, 45)) <= at;
  const isWaiting = (story: Story, at: Moment): boolean =>
    story.sent <= at && (story.taken === null || story.taken > at) && !isExpired(story, at);
  const isQuiet = ({ taken, closed }: Story, at: Moment): boolean =>
    taken !== null && businessDaysLater(taken, 20) <= at && (closed === null || closed > at);
  const isLate = (story: Story, at: Moment): boolean =>
    isWaiting(story, at) && `${workedDayAfter(dayOf(story.sent), 2)} 18:00` < at;

  const waitsFor = ({ id, role, partner }: ReturnType<typeof staffOfRun>[number], at: Moment): boolean => {
    if (role === 'manager') return stories.some((story) => isLate(story, at) || isExpired(story, at));
    if (role === 'lead')
      return stories.some((story) => about.get(story.number)?.partner === partner && isLate(story, at));
    return stories.some(
      (story) => about.get(story.number)?.advisor === id && (isWaiting(story, at) || isQuiet(story, at)),
    );
  };

  const mondays = [...new Set(steps.map(dayOf))].filter(isMonday).map((day) => stopFrom(`${day} 08:30`));
  return mondays.flatMap((at) =>
    staffOfRun()
      .filter((account) => waitsFor(account, at))
      .map(({ id, role }) => ({ email: role === 'manager' ? 'manager-weekly' : 'advisor-digest', about: id, at })),
  );
};
