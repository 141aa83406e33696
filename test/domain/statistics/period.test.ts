import {
  asOf,
  endOf,
  parsePeriod,
  periodBefore,
  periodChoices,
  printPeriod,
  startOf,
} from '../../../src/domain/statistics/period.js';

const NOW = new Date('2026-11-22T10:00:00+01:00');
const plain = (text: string): string => text.replace(/\s/g, ' ');

describe('a period in the address', () => {
  it.each([
    [{ periode: '2026-11' }, '2026-11-01', '2026-11-30', 'novembre 2026'],
    [{ periode: '2026-T1' }, '2026-01-01', '2026-03-31', '1er trimestre 2026'],
    [{ periode: '2025-T4' }, '2025-10-01', '2025-12-31', '4e trimestre 2025'],
    [{ periode: '2024' }, '2024-01-01', '2024-12-31', 'année 2024'],
    [{ periode: '2024-02' }, '2024-02-01', '2024-02-29', 'février 2024'],
    [
      { periode: 'dates', du: '2026-01-05', au: '2026-02-10' },
      '2026-01-05',
      '2026-02-10',
      'du 5 janvier 2026 au 10 février 2026',
    ],
    [{ periode: '12-mois' }, '2025-12-01', '2026-11-22', '12 derniers mois'],
    [{}, '2025-12-01', '2026-11-22', '12 derniers mois'],
  ])('reads %j', (query, first, last, label) => {
    const period = parsePeriod(query, NOW);
    expect(period).toMatchObject({ first, last });
    expect(plain(period.label)).toBe(label);
    expect(parsePeriod(printPeriod(period), NOW)).toEqual(period);
  });

  it.each([
    [{ periode: '2026-13' }],
    [{ periode: '2026-T5' }],
    [{ periode: '<script>' }],
    [{ periode: 'dates' }],
    [{ periode: 'dates', du: '2026-02-30', au: '2026-03-10' }],
    [{ periode: 'dates', du: '2026-03-10', au: '2026-03-01' }],
    [{ periode: 'dates', du: '2001-01-01', au: '2026-03-01' }],
  ])('shows the last 12 months rather than fail on %j', (query) => {
    expect(parsePeriod(query, NOW).code).toBe('12-mois');
  });

  it('begins and ends at midnight in Paris', () => {
    const period = parsePeriod({ periode: '2026-10' }, NOW);
    expect(startOf(period)).toEqual(new Date('2026-10-01T00:00:00+02:00'));
    expect(endOf(period)).toEqual(new Date('2026-11-01T00:00:00+01:00'));
  });

  it('offers only periods that the address understands', () => {
    for (const { periods } of periodChoices(NOW)) {
      for (const period of periods) expect(parsePeriod(printPeriod(period), NOW)).toEqual(period);
    }
  });
});

describe('when a period is looked at', () => {
  it('is today while it is followed, then 30 days after its end for ever', () => {
    expect(asOf(parsePeriod({ periode: '2026-11' }, NOW), NOW)).toEqual(NOW);
    expect(asOf(parsePeriod({ periode: '2026-10' }, NOW), NOW)).toEqual(NOW);
    const september = parsePeriod({ periode: '2026-09' }, NOW);
    // 30 September and 30 whole days: until the end of 30 October.
    expect(asOf(september, NOW)).toEqual(new Date('2026-10-31T00:00:00+01:00'));
    expect(asOf(september, new Date('2031-01-01'))).toEqual(new Date('2026-10-31T00:00:00+01:00'));
  });
});

describe('the period before', () => {
  it.each([
    ['2026-10', '2026-09-01', '2026-09-30'],
    ['2026-01', '2025-12-01', '2025-12-31'],
    ['2026-T1', '2025-T4', ''],
    ['2025', '2024-01-01', '2024-12-31'],
  ])('of %s is whole when that one is over', (periode, first, last) => {
    const { period } = periodBefore(parsePeriod({ periode }, NOW), NOW);
    expect(period).toMatchObject(last ? { first, last } : { code: first });
  });

  it('has as many days as a period under way', () => {
    // 22 days of November have begun: compared with the first 22 of October, as they stood on the evening of the 22nd.
    const { period, asOf: at } = periodBefore(parsePeriod({ periode: '2026-11' }, NOW), NOW);
    expect(period).toMatchObject({ first: '2026-10-01', last: '2026-10-22' });
    expect(at).toEqual(new Date('2026-10-23T00:00:00+02:00'));
  });

  it('never is longer than the whole one before', () => {
    const end = new Date('2026-03-30T10:00:00+02:00');
    expect(periodBefore(parsePeriod({ periode: '2026-03' }, end), end).period).toMatchObject({ code: '2026-02' });
  });

  it('of the last 12 months is the 12 months before, to the same day', () => {
    const { period } = periodBefore(parsePeriod({}, NOW), NOW);
    expect(period).toMatchObject({ first: '2024-12-01', last: '2025-11-22' });
  });

  it('of chosen dates is as many days just before', () => {
    const dates = parsePeriod({ periode: 'dates', du: '2026-10-11', au: '2026-10-20' }, NOW);
    expect(periodBefore(dates, NOW).period).toMatchObject({ first: '2026-10-01', last: '2026-10-10' });
  });

  it('is looked at after as many days as the period is', () => {
    // October ended 22 days ago: September is seen as it stood 22 days after its end.
    const { asOf: at } = periodBefore(parsePeriod({ periode: '2026-10' }, NOW), NOW);
    expect(at).toEqual(new Date('2026-10-23T00:00:00+02:00'));
  });
});
