import {
  comparedWith,
  endOfMonth,
  isSettled,
  isUnderWay,
  monthsOf,
  untilOf,
} from '../../../src/domain/statistics/lookedAt.js';
import { parsePeriod } from '../../../src/domain/statistics/period.js';

const NOW = new Date('2026-11-22T10:00:00+01:00');
const period = (periode: string) => parsePeriod({ periode }, NOW);

describe('when a period is looked at', () => {
  it.each([
    ['2026-11', '2026-11', false],
    ['2026-10', '2026-11', false],
    ['2026-09', '2026-10', true],
    ['2026-T3', '2026-10', true],
    ['2026', '2026-11', false],
    ['2025', '2026-01', true],
  ])('%s is seen as it stood at the end of %s: settled %s', (periode, until, settled) => {
    expect(untilOf(period(periode), NOW)).toBe(until);
    expect(isSettled(until, NOW)).toBe(settled);
  });

  it('never changes once the month after it is over', () => {
    const later = new Date('2031-01-01T10:00:00+01:00');
    expect(untilOf(period('2026-09'), later)).toBe(untilOf(period('2026-09'), NOW));
    expect(endOfMonth('2026-10')).toEqual(new Date('2026-11-01T00:00:00+01:00'));
  });

  it('is settled from midnight in Paris on', () => {
    // 23:30 and 0:30 in Paris, where it is still the evening before in London.
    expect(isSettled('2026-11', new Date('2026-11-30T23:30:00+01:00'))).toBe(false);
    expect(isSettled('2026-11', new Date('2026-12-01T00:30:00+01:00'))).toBe(true);
  });

  it('is under way while projects may still come in', () => {
    expect(isUnderWay(period('2026-11'), NOW)).toBe(true);
    expect(isUnderWay(period('2026-10'), NOW)).toBe(false);
    expect(isUnderWay(period('12-mois'), NOW)).toBe(true);
  });
});

describe('what a period is compared with', () => {
  it.each([
    // A month that was followed to its end, against the one before at its own end.
    ['2026-09', 'before', ['2026-08'], '2026-09'],
    ['2026-09', 'yearBefore', ['2025-09'], '2025-10'],
    // November is under way: October as it stood when October was.
    ['2026-11', 'before', ['2026-10'], '2026-10'],
    ['2026-11', 'yearBefore', ['2025-11'], '2025-11'],
    // October ended last month: September one month after its end.
    ['2026-10', 'before', ['2026-09'], '2026-10'],
    ['2026-T1', 'before', ['2025-10', '2025-11', '2025-12'], '2026-01'],
    ['2026-T1', 'yearBefore', ['2025-01', '2025-02', '2025-03'], '2025-04'],
  ] as const)('%s, %s: %j at the end of %s', (periode, which, months, until) => {
    expect(comparedWith(period(periode), NOW)[which]).toMatchObject({ months, until });
  });

  it.each([
    // On the first morning, nothing is known yet of the month after: neither is it of the earlier ones.
    ['2026-10-01', '2026-06', '2025-09'],
    ['2026-10-15', '2026-06', '2025-09'],
    ['2026-10-16', '2026-07', '2025-10'],
    ['2026-11-02', '2026-07', '2025-10'],
  ])('the third quarter on %s: at the ends of %s and %s', (day, before, yearBefore) => {
    const compared = comparedWith(period('2026-T3'), new Date(`${day}T10:00:00+01:00`));
    expect([compared.before.until, compared.yearBefore.until]).toEqual([before, yearBefore]);
  });

  it('is as many months, with their first and last days', () => {
    const { before, yearBefore } = comparedWith(period('12-mois'), NOW);
    expect(before).toMatchObject({ first: '2024-12-01', last: '2025-11-30', until: '2025-11' });
    expect(yearBefore).toEqual(before);
    expect(monthsOf(period('12-mois'))).toHaveLength(12);
  });
});
