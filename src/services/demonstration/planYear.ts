import type { Demonstration, Fate, Story } from '../../data/demonstration.js';
import { isBusinessDay, localDay, startOfLocalDay } from '../../domain/calendar/businessTime.js';
import { type Chance, chanceOf, placeIn } from './chance.js';

/** A project to come. Its chance decides everything else about it, whatever happens to the others. */
export interface Plan {
  number: number;
  at: Date;
  story: Story;
  fate: Fate;
  chance: Chance;
}

/** Change it when stories, fates or dates change: the same version and day give the same figures. */
const VERSION = 2;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** January to December: a quiet August, a busy autumn. */
const MONTHS = [1.05, 1, 1.1, 0.95, 0.85, 1, 0.7, 0.35, 1.2, 1.4, 1.3, 0.75] as const;
const CLOSED_DAY = 0.12;
/** The last month of the year counts this much more than the first: the service becomes known. */
const GROWTH = 0.5;

/** Midnights of the year that ends before `until`, first to last. */
const daysBefore = (until: Date): Date[] =>
  Array.from({ length: 365 }, (_, index) =>
    startOfLocalDay(localDay(new Date(until.getTime() - (365 - index) * DAY + DAY / 2))),
  );

const weightOf = (day: Date, position: number): number => {
  const month = MONTHS[Number(localDay(day).slice(5, 7)) - 1] ?? 1;
  return month * (isBusinessDay(day) ? 1 : CLOSED_DAY) * (1 + GROWTH * position);
};

/** People write in working hours, most of them; some in the evening, and at the week-end all day. */
const hourOn = (day: Date, chance: Chance): Date => {
  const atWork = isBusinessDay(day) && chance.happens(0.8);
  const hour = atWork ? chance.pick([9, 9, 10, 10, 11, 14, 15, 16, 17]) : chance.between(8, 21);
  return new Date(day.getTime() + (hour + chance.draw()) * HOUR);
};

/** Spreads `count` dates over the days by weight: each takes its turn, so that no month is empty by accident. */
const spread = (days: Date[], count: number, chance: Chance): Date[] => {
  const weights = days.map((day, index) => weightOf(day, index / days.length));
  return Array.from({ length: count }, (_, turn) => {
    const place = placeIn(weights, (turn + chance.draw()) / count);
    return hourOn(days[place] as Date, chance);
  });
};

type Told = Pick<Demonstration, 'mustShow' | 'stories'>;

/** The projects of the year before `until` (the start of a day in Paris), first to last. Same day and size, same plan. */
export const planYear = (until: Date, size: number, { stories, mustShow }: Told): Plan[] => {
  const storyOf = new Map(stories.map((story) => [story.case, story]));
  const seed = `${VERSION} ${localDay(until)}`;
  const chance = chanceOf(seed);
  const days = daysBefore(until);
  const businessDays = days.filter((day) => isBusinessDay(day)).reverse();
  const shown = mustShow.map(([before, example, fate]) => ({
    at: hourOn(businessDays[before - 1] as Date, chance),
    story: storyOf.get(example) as Story,
    fate,
  }));
  const usual = spread(days, Math.max(0, size - shown.length), chance).map((at) => ({
    at,
    story: chance.pickWeighted(stories),
    fate: 'as usual' as const,
  }));
  return [...shown, ...usual]
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((plan, index) => ({ ...plan, number: index + 1, chance: chanceOf(`${seed} ${index}`) }));
};
