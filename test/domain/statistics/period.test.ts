import {
  endOf,
  monthsProblem,
  parsePeriod,
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
    [{ periode: 'mois', du: '2025-11', au: '2026-02' }, '2025-11-01', '2026-02-28', 'de novembre 2025 à février 2026'],
    [{ periode: 'mois', du: '2026-02', au: '2026-02' }, '2026-02-01', '2026-02-28', 'février 2026'],
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
    [{ periode: 'mois', du: '2026-03', au: '2026-02' }],
    [{ periode: 'mois', du: '2026-13', au: '2026-14' }],
    [{ periode: 'p-gone' }],
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

describe('a period that managers name', () => {
  const convention = { id: 'c1', label: 'Convention 2025-2027', from: '2025-01', to: '2027-12' };

  it('is read from its address, and printed back', () => {
    const period = parsePeriod({ periode: 'p-c1' }, NOW, [convention]);
    expect(period).toEqual({ code: 'p-c1', label: 'Convention 2025-2027', first: '2025-01-01', last: '2027-12-31' });
    expect(printPeriod(period)).toEqual({ periode: 'p-c1' });
  });

  it('is offered with the others', () => {
    expect(periodChoices(NOW, [convention])[1]).toMatchObject({
      title: 'Périodes nommées',
      periods: [{ code: 'p-c1' }],
    });
  });
});

test.each([
  [{ du: '2016-12', au: '2026-11' }, null],
  [{ du: '2016-11', au: '2026-11' }, 'too long'],
  [{ du: '2026-11', au: '2026-10' }, 'reversed'],
  [{ du: '2026-11' }, 'missing'],
])('the months %j: %s', (query, problem) => {
  expect(monthsProblem(query)).toBe(problem);
});
