import { businessDaysAgo } from '../../../src/domain/calendar/businessDaysAgo.js';
import { weekBefore } from '../../../src/domain/calendar/weekBefore.js';

const isoOf = (at: Date): string => at.toISOString();

describe('so many business days ago', () => {
  it.each([
    // Monday: the fifth business day before is the Monday before.
    ['2026-11-23T10:00:00+01:00', 5, '2026-11-16T00:00:00+01:00'],
    // On a Sunday as on the Monday after it.
    ['2026-11-22T10:00:00+01:00', 5, '2026-11-16T00:00:00+01:00'],
    // 11 November is closed.
    ['2026-11-12T10:00:00+01:00', 1, '2026-11-10T00:00:00+01:00'],
    // Over the night on which the clocks change, and over Easter.
    ['2026-10-26T10:00:00+01:00', 1, '2026-10-23T00:00:00+02:00'],
    ['2027-03-30T10:00:00+02:00', 1, '2027-03-26T00:00:00+01:00'],
    // Over the end of the year.
    ['2027-01-04T10:00:00+01:00', 1, '2026-12-31T00:00:00+01:00'],
    ['2026-11-23T10:00:00+01:00', 0, '2026-11-23T00:00:00+01:00'],
  ])('at %s, %i of them', (now, days, midnight) => {
    expect(isoOf(businessDaysAgo(new Date(now), days))).toBe(isoOf(new Date(midnight)));
  });
});

describe('the week before', () => {
  it.each([
    ['2026-11-23', '2026-11-16T00:00:00+01:00', '2026-11-23T00:00:00+01:00'],
    // A week that begins on a Tuesday, Monday being closed; the clocks changed at its end.
    ['2027-03-30', '2027-03-22T00:00:00+01:00', '2027-03-29T00:00:00+02:00'],
    ['2026-10-26', '2026-10-19T00:00:00+02:00', '2026-10-26T00:00:00+01:00'],
    ['2027-01-04', '2026-12-28T00:00:00+01:00', '2027-01-04T00:00:00+01:00'],
  ])('of %s', (day, from, to) => {
    const week = weekBefore(day);
    expect([isoOf(week.from), isoOf(week.to)]).toEqual([isoOf(new Date(from)), isoOf(new Date(to))]);
  });
});
