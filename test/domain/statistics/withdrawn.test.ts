import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { type ProjectFacts, projectFacts } from '../../../src/domain/statistics/facts.js';
import type { KpiId } from '../../../src/domain/statistics/kpis.js';
import { figureOf, tallyOf } from '../../../src/domain/statistics/tally.js';
import { aProject, story } from '../../support/stories.js';

const territory = loadTerritory();
const SENT = '2026-11-02T10:00:00+01:00';
const DAY_AFTER = '2026-11-03T10:00:00+01:00';
const NEXT_WEEK = '2026-11-12T10:00:00+01:00';
const LONG_AFTER = new Date('2027-01-04T10:00:00+01:00');

type Told = Parameters<typeof story>[1];
const facts = (...told: Told[]): ProjectFacts =>
  projectFacts(aProject(), story('p1', ['submitted', SENT], ['referred', SENT], ...told), territory);
const figure = (id: KpiId, ...rows: ProjectFacts[]) => figureOf(id, tallyOf(rows, LONG_AFTER));
const withdrawn: Told = ['withdrawn', NEXT_WEEK, { after: 'withdrawn', reason: 'solved' }];

test.each<[string, Told[]]>([
  ['while it waited', [withdrawn]],
  ['once taken', [['taken', DAY_AFTER], withdrawn]],
  ['while an advisor took it at the same instant', [withdrawn, ['taken', NEXT_WEEK]]],
  ['after a refusal', [['declined', DAY_AFTER], withdrawn]],
  ['by erasing everything', [['erased', NEXT_WEEK, { after: 'withdrawn' }]]],
])('taken back %s: not open, and no outcome', (_when, told) => {
  const row = facts(...told);
  expect(row).toMatchObject({ state: 'withdrawn', isOpen: false, outcome: null });
  expect(figure('backlog', row).value).toBe(0);
  expect(figure('closed', row).value).toBe(0);
  expect(figure('submitted', row).value).toBe(1);
});

test('taken back: neither for nor against closed loops and promises', () => {
  const helped = facts(['taken', DAY_AFTER], ['closed', NEXT_WEEK, { after: 'helped' }]);
  expect(figure('closedLoop', helped, facts(withdrawn))).toMatchObject({ value: 1, denominator: 1 });
  expect(facts(withdrawn).takenWithin2).toBeNull();
  expect(facts(['taken', DAY_AFTER], withdrawn).takenWithin2).toBe(true);
});

test('erased once closed: the outcome stays', () => {
  const closed: Told[] = [
    ['taken', DAY_AFTER],
    ['closed', NEXT_WEEK, { after: 'helped' }],
  ];
  const erased = facts(...closed, ['erased', '2026-12-01T10:00:00+01:00', { after: 'helped' }]);
  expect(erased).toEqual(facts(...closed));
});

test('messages and corrections change nothing in the figures', () => {
  const taken: Told = ['taken', DAY_AFTER];
  const said = facts(
    taken,
    ['message-added', NEXT_WEEK],
    ['contact-corrected', NEXT_WEEK],
    ['nobody-called', NEXT_WEEK],
  );
  expect(said).toEqual(facts(taken));
});
