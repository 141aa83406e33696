import {
  businessDaysLater,
  dayOf,
  isMonday,
  isSaturday,
  isWorked,
  type Moment,
  nextDay,
  workedDayAfter,
} from './parisTime.js';

/** What happens to one project of the run. */
export interface Story {
  number: number;
  /** When it is sent, taken, and closed; null: never. */
  sent: Moment;
  taken: Moment | null;
  closed: Moment | null;
}
export interface Plan {
  /** The instants at which the run stops to let what is due leave; in order. */
  steps: Moment[];
  stories: Story[];
}

/** A Monday; the clocks change on 25 October, and 11 November is closed. */
const FIRST_DAY = '2026-10-05';
const BUSINESS_DAYS = 60;

/** Projects arrive at three hours of the first days, and some are taken at the next stop. */
const ARRIVALS = [
  { sent: '08:40', taken: '09:05' },
  { sent: '12:00', taken: '14:05' },
  { sent: '20:00', taken: '20:15' },
];
const WHILE_ARRIVING = ['07:45', '08:40', '09:05', '12:00', '14:05', '18:05', '20:00', '20:15', '20:30'];
const LATER_ON = ['07:45', '08:40', '09:05', '14:05', '18:05', '20:30'];
/** On a Saturday nothing leaves to staff. */
const SATURDAY = ['10:00'];

const stepsOf = (arrivalDays: number): Moment[] => {
  const last = workedDayAfter(FIRST_DAY, BUSINESS_DAYS);
  const lastArrivals = workedDayAfter(FIRST_DAY, arrivalDays - 1);
  const steps: Moment[] = [];
  for (let day = FIRST_DAY; day <= last; day = nextDay(day)) {
    const worked = day <= lastArrivals ? WHILE_ARRIVING : LATER_ON;
    const times = isWorked(day) ? worked : isSaturday(day) ? SATURDAY : [];
    steps.push(...times.map((time) => `${day} ${time}`));
  }
  return steps;
};

/** Of ten projects, three are taken at once; of these, one is closed 25 business days later. */
const storyOf = (number: number, day: string, { sent, taken }: (typeof ARRIVALS)[number]): Story => {
  const isTaken = number % 10 < 3;
  const closing = businessDaysLater(`${day} 09:05`, 25);
  return {
    number,
    sent: `${day} ${sent}`,
    taken: isTaken ? `${day} ${taken}` : null,
    closed: number % 10 === 0 ? `${dayOf(closing)} 09:05` : null,
  };
};

/** So many projects, spread over the first `arrivalDays` business days, and the 60 business days that follow. */
export const planRun = ({ referrals, arrivalDays }: { referrals: number; arrivalDays: number }): Plan => {
  const slots = Array.from({ length: arrivalDays }, (_, i) => workedDayAfter(FIRST_DAY, i)).flatMap((day) =>
    ARRIVALS.map((arrival) => ({ day, arrival })),
  );
  const stories = Array.from({ length: referrals }, (_, number) => {
    const slot = slots[Math.floor((number * slots.length) / referrals)] as (typeof slots)[number];
    return storyOf(number, slot.day, slot.arrival);
  });
  return { steps: stepsOf(arrivalDays), stories };
};

/** Digests leave on Mondays at 8:30. */
const DIGESTS = '08:40';

/**
 * The same plan with the stops that matter alone: those of `moments`, those at which a project is sent, taken or closed or
 * at which digests leave, and the one before each, at which what leaves too early would show.
 */
export const withFewerStops = ({ steps, stories }: Plan, moments: Moment[]): Plan => {
  const acts = stories.flatMap(({ sent, taken, closed }) => [sent, taken, closed]);
  const digests = steps.filter((step) => isMonday(dayOf(step)) && step.endsWith(DIGESTS));
  const matters = new Set<Moment | null>([...acts, ...digests, ...moments]);
  const isKept = (step: Moment, i: number): boolean => matters.has(step) || matters.has(steps[i + 1] ?? null);
  return { steps: steps.filter(isKept), stories };
};
