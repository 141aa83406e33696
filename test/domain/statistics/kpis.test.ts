import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { breakDown } from '../../../src/domain/statistics/breakdowns.js';
import { type ProjectFacts, projectFacts } from '../../../src/domain/statistics/facts.js';
import { KPI_IDS, type KpiId, kpi } from '../../../src/domain/statistics/kpis.js';
import { parsePeriod } from '../../../src/domain/statistics/period.js';
import { aProject, type ProjectTraits, story } from '../../support/stories.js';

const territory = loadTerritory();
const AS_OF = new Date('2026-12-15T10:00:00+01:00');
const MONDAY = '2026-11-02T10:00:00+01:00';
const MANAGER = { role: 'manager', account: 'm' } as const;
type Told = Parameters<typeof story>[1];

const row = (id: string, traits: ProjectTraits, ...told: Told[]): ProjectFacts =>
  projectFacts(
    aProject({ id, submittedAt: new Date(MONDAY), ...traits }),
    story(id, ['submitted', MONDAY], ...told),
    territory,
  );

/**
 * Seven projects of November 2026, looked at on 15 December:
 * helped: sent and taken on Monday, 3 opening hours later, helped on the 20th.
 * late: taken on Thursday at 9:30, 20.5 hours later; in progress.
 * waiting: sent on Monday 2 November, never taken.
 * fresh: sent on 14 December, its two days are not over.
 * moved: declined in time by the CCI, sent to TI Riom-Vichy on the 9th, taken an hour later, no solution.
 * triage: nobody has it. outside: out of the territory.
 */
const helped = row(
  'helped',
  {},
  ['referred', MONDAY],
  ['taken', '2026-11-02T15:00:00+01:00'],
  ['closed', '2026-11-20T10:00:00+01:00', { after: 'helped' }],
);
const late = row(
  'late',
  { facts: { needs: ['export'], commune: '63300' } },
  ['referred', MONDAY],
  ['taken', '2026-11-05T09:30:00+01:00'],
);
const waiting = row('waiting', {}, ['referred', MONDAY]);
const fresh = row('fresh', { facts: { needs: [] } }, ['referred', '2026-12-14T10:00:00+01:00']);
const second = { referral: 'r2', partner: 'ti-riom-vichy' };
const moved = row(
  'moved',
  { facts: { commune: '63300', needs: ['industrial-land'] } },
  ['referred', MONDAY],
  ['declined', '2026-11-03T10:00:00+01:00'],
  ['referred', '2026-11-09T10:00:00+01:00', { ...second, actor: MANAGER }],
  ['taken', '2026-11-09T11:00:00+01:00', second],
  ['closed', '2026-11-10T11:00:00+01:00', { ...second, after: 'no_solution' }],
);
const triage = row('triage', { decision: { outcome: 'triage', main: null } });
const outside = row('outside', {
  decision: { outcome: 'out_of_territory', main: null },
  facts: { commune: '75056' },
});
const FACTS = [helped, late, waiting, fresh, moved, triage, outside];

const EXPECTED: Record<KpiId, [value: number | null, numerator: number | null, denominator: number | null]> = {
  submitted: [7, 7, 7],
  // All but outside: 6; the rules sent all of them but triage.
  routed: [5 / 6, 5, 6],
  triage: [1, 1, 7],
  outOfTerritory: [1, 1, 7],
  // helped, late, moved.
  taken: [3, 3, 7],
  // The promise is over for helped (yes), late (no), waiting (no), moved (yes, at its second partner); not for fresh.
  takenWithin2: [0.5, 2, 4],
  // 1 (moved), 3 (helped), 20.5 (late).
  medianDelay: [3, null, 3],
  // late, waiting, fresh, triage.
  backlog: [4, 4, 7],
  // helped, moved.
  closed: [2, 2, 7],
  helped: [1, 1, 7],
  declined: [1, 1, 7],
  // Sent more than 30 days before 15 December: helped (yes), late (no), waiting (no), moved (yes); fresh was sent yesterday.
  closedLoop: [0.5, 2, 4],
};

describe('the figures', () => {
  it.each(KPI_IDS)('count %s', (id) => {
    const [value, numerator, denominator] = EXPECTED[id];
    expect(kpi(id).compute(FACTS, AS_OF)).toEqual({ value, numerator, denominator });
  });

  it.each(KPI_IDS)('of nothing: %s is 0 or unknown, never a division by zero', (id) => {
    expect(kpi(id).compute([], AS_OF).value).toBe(kpi(id).unit === 'count' ? 0 : null);
  });

  it('each say in one sentence how they are counted', () => {
    for (const id of KPI_IDS) expect(kpi(id).sentence).toMatch(/^\p{Lu}.{30,}\.$/u);
  });

  it('take the middle of two delays', () => {
    expect(kpi('medianDelay').compute([helped, moved], AS_OF).value).toBe(2);
  });
});

describe('the breakdowns', () => {
  const november = parsePeriod({ periode: '2026-11' }, AS_OF);
  const cuts = breakDown(FACTS, november, AS_OF, { territory, channels: [] });
  const rowsOf = (id: string) =>
    cuts
      .find((cut) => cut.id === id)
      ?.rows.map(({ id: line, figures }) => [line, figures.submitted.value, figures.declined.value]);

  it('by partner: where projects are now, but refusals where they were made', () => {
    expect(rowsOf('partner')).toEqual([
      ['cci-puy-de-dome', 4, 1],
      ['ti-riom-vichy', 1, 0],
      [null, 2, 0],
    ]);
  });

  it('by need, most frequent first, then what has none', () => {
    expect(rowsOf('need')).toEqual([
      ['business-creation', 4, 0],
      ['export', 1, 0],
      ['industrial-land', 1, 1],
      [null, 1, 0],
    ]);
  });

  it('by place', () => {
    expect(rowsOf('territoireIndustrie')).toEqual([
      ['riom-vichy', 2, 1],
      [null, 5, 0],
    ]);
    expect(rowsOf('epci')?.map(([, count]) => count)).toEqual([4, 2, 1]);
  });

  it('by month, with the months that had nothing', () => {
    const autumn = parsePeriod({ periode: 'dates', du: '2026-10-01', au: '2027-02-28' }, AS_OF);
    const months = breakDown(FACTS, autumn, AS_OF, { territory, channels: [] }).find(({ id }) => id === 'month');
    expect(months?.rows.map(({ id, figures }) => [id, figures.submitted.value])).toEqual([
      ['2026-10', 0],
      ['2026-11', 7],
      ['2026-12', 0],
    ]);
  });

  it('sum to the whole', () => {
    for (const { rows } of cuts) {
      expect(rows.reduce((sum, { figures }) => sum + (figures.submitted.value ?? 0), 0)).toBe(FACTS.length);
    }
  });
});
