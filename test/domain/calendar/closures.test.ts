import fc from 'fast-check';
import {
  addBusinessDays,
  businessHoursBetween,
  endOfBusinessDay,
  isBusinessDay,
  localDay,
  nextBusinessInstant,
} from '../../../src/domain/calendar/businessTime.js';
import { closedDays, daysFrom, isDay } from '../../../src/domain/calendar/closures.js';

const WEEK_OFF = closedDays([{ from: '2026-12-28', to: '2026-12-31' }]);

describe('business time of a partner that closes', () => {
  it.each([
    ['a day off in between', '2026-11-23T10:00:00+01:00', ['2026-11-24'], '2026-11-26T18:00:00+01:00'],
    ['sent on a day off', '2026-11-23T10:00:00+01:00', ['2026-11-23'], '2026-11-25T18:00:00+01:00'],
    ['a day off that is a holiday anyway', '2026-11-10T10:00:00+01:00', ['2026-11-11'], '2026-11-13T18:00:00+01:00'],
    ['the week after Christmas', '2026-12-24T10:00:00+01:00', [...WEEK_OFF], '2027-01-05T18:00:00+01:00'],
    ['over the spring change of hour', '2026-03-27T10:00:00+01:00', ['2026-03-30'], '2026-04-01T18:00:00+02:00'],
    ['over the autumn change of hour', '2026-10-23T10:00:00+02:00', ['2026-10-26'], '2026-10-28T18:00:00+01:00'],
  ])('promises a call two business days later, %s', (_case, sent, days, callBy) => {
    expect(endOfBusinessDay(new Date(sent), 2, new Set(days))).toEqual(new Date(callBy));
  });

  it('opens again after the closure, and counts none of its hours', () => {
    const evening = new Date('2026-12-24T19:00:00+01:00');
    expect(nextBusinessInstant(evening, WEEK_OFF)).toEqual(new Date('2027-01-04T09:00:00+01:00'));
    expect(isBusinessDay(new Date('2026-12-29T10:00:00+01:00'), WEEK_OFF)).toBe(false);
    expect(businessHoursBetween(evening, new Date('2027-01-04T10:00:00+01:00'), WEEK_OFF)).toBe(1);
  });

  it('holds whatever the closures, holidays and changes of hour', () => {
    const start = Date.parse('2026-01-01T00:00:00Z');
    const instants = fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }).map((minute) => new Date(start + minute * 60_000));
    const days = fc.uniqueArray(instants.map(localDay), { maxLength: 30 });
    fc.assert(
      fc.property(instants, instants, days, fc.integer({ min: 1, max: 10 }), (from, to, closed, count) => {
        const closures = new Set(closed);
        const due = endOfBusinessDay(from, count, closures);
        expect(isBusinessDay(due, closures)).toBe(true);
        expect(due.getTime()).toBeGreaterThanOrEqual(endOfBusinessDay(from, count).getTime());
        expect(addBusinessDays(from, count, closures).getTime()).toBeLessThan(due.getTime());
        const opening = nextBusinessInstant(from, closures);
        expect(opening.getTime()).toBeGreaterThanOrEqual(from.getTime());
        expect(businessHoursBetween(from, opening, closures)).toBe(0);
        const open = businessHoursBetween(from, to, closures);
        expect(open).toBeLessThanOrEqual(businessHoursBetween(from, to));
        const middle = new Date((from.getTime() + to.getTime()) / 2);
        const parts = businessHoursBetween(from, middle, closures) + businessHoursBetween(middle, to, closures);
        expect(parts).toBeCloseTo(open, 6);
      }),
      { numRuns: 300 },
    );
  });
});

describe('closures', () => {
  it('hold each of their days, over months and leap years', () => {
    expect([...closedDays([{ from: '2028-02-28', to: '2028-03-01' }])]).toEqual([
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ]);
    expect(closedDays([{ from: '2026-12-02', to: '2026-12-01' }]).size).toBe(0);
    expect(daysFrom('2026-03-28', '2026-03-30')).toBe(3);
  });

  it.each([
    ['2026-12-24', true],
    ['2026-02-29', false],
    ['2026-2-9', false],
    ['24/12/2026', false],
    ['', false],
  ])('know whether %s is a day', (text, answer) => {
    expect(isDay(text)).toBe(answer);
  });
});
