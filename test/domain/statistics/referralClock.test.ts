import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { projectFacts } from '../../../src/domain/statistics/facts.js';
import { aProject, story } from '../../support/stories.js';

const territory = loadTerritory();
type Told = Parameters<typeof story>[1];
/** A day of November 2026, at 10 in Paris. The project is sent on Monday 2, to be taken by Wednesday 4 at 18. */
const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T10:00:00+01:00`;
const at = (text: string): Date => new Date(`${text}:00+01:00`);
const facts = (...told: Told[]) =>
  projectFacts(aProject(), story('p1', ['submitted', day(2)], ['referred', day(2)], ...told), territory);

const NEXT = { referral: 'r2', partner: 'ti-riom-vichy' };
const PROMISED = at('2026-11-04T18:00');

test.each<[string, Told[], Partial<ReturnType<typeof facts>>]>([
  [
    'released',
    [
      ['taken', day(3)],
      ['released', day(4)],
    ],
    { state: 'waiting', takenAt: null, takenWithin2: false, dueBy: PROMISED },
  ],
  [
    'released and taken again late',
    [
      ['taken', day(3)],
      ['released', day(4)],
      ['taken', day(5)],
    ],
    { state: 'in_progress', takenAt: new Date(day(5)), takenWithin2: false },
  ],
  [
    'transferred',
    [
      ['taken', day(3)],
      ['transferred', day(6)],
    ],
    { state: 'in_progress', takenAt: new Date(day(3)), takenWithin2: true },
  ],
  [
    'called and booked',
    [
      ['taken', day(3)],
      ['call-logged', day(4)],
      ['booked', day(5)],
    ],
    { state: 'in_progress', takenAt: new Date(day(3)) },
  ],
  [
    'closed',
    [
      ['taken', day(3)],
      ['closed', day(9), { after: 'no_solution' }],
    ],
    { state: 'closed', outcome: 'no_solution', closedAt: new Date(day(9)) },
  ],
  [
    'reopened',
    [
      ['taken', day(3)],
      ['closed', day(9), { after: 'helped' }],
      ['reopened', day(10)],
    ],
    { state: 'in_progress', outcome: null, closedAt: null, takenAt: new Date(day(3)), isOpen: true },
  ],
  [
    'closed again',
    [
      ['taken', day(3)],
      ['closed', day(9), { after: 'unreachable' }],
      ['reopened', day(10)],
      ['closed', day(12), { after: 'helped' }],
    ],
    { outcome: 'helped', closedAt: new Date(day(12)) },
  ],
  [
    'expired',
    [['expired', '2026-12-20T10:00:00+01:00']],
    { state: 'triage', isOpen: true, currentPartner: null, takenWithin2: false, outcome: null },
  ],
  [
    'sent on in time, not there yet',
    [['rerouted', day(3)]],
    { state: 'waiting', isOpen: true, takenWithin2: null, reroutedBy: ['cci-puy-de-dome'] },
  ],
  [
    'sent on, and there',
    [
      ['taken', day(3)],
      ['rerouted', day(5)],
      ['referred', day(5), NEXT],
    ],
    {
      state: 'waiting',
      sentAt: new Date(day(5)),
      dueBy: at('2026-11-09T18:00'),
      takenAt: null,
      currentPartner: 'ti-riom-vichy',
      partners: ['cci-puy-de-dome', 'ti-riom-vichy'],
    },
  ],
  [
    'shared with an associated partner',
    [['brought-in', day(3), { to: 'ti-riom-vichy' }]],
    { state: 'waiting', partners: ['cci-puy-de-dome'], currentPartner: 'cci-puy-de-dome', dueBy: PROMISED },
  ],
  [
    'asked for a detail, no answer yet',
    [['detail-asked', day(3)]],
    { state: 'waiting', dueBy: at('2026-11-20T17:00') },
  ],
  [
    'answered: the event tells the date',
    [
      ['detail-asked', day(3)],
      ['detail-given', day(4), { callBy: at('2026-11-05T18:00') }],
      ['taken', '2026-11-05T17:00:00+01:00'],
    ],
    { dueBy: at('2026-11-05T18:00'), takenWithin2: true },
  ],
  [
    'not answered in time',
    [
      ['detail-asked', day(3)],
      ['wait-ended', day(30), { callBy: at('2026-11-20T17:00') }],
    ],
    { dueBy: at('2026-11-20T17:00'), takenWithin2: false },
  ],
  ['asked when it was late: late it stays', [['detail-asked', day(5)]], { dueBy: PROMISED, takenWithin2: false }],
])('%s', (_case, told, expected) => {
  expect(facts(...told)).toMatchObject(expected);
});

test('the date of a referral is that of its event, closures of the partner included', () => {
  const closed = at('2026-11-06T18:00');
  const told = story('p1', ['submitted', day(2)], ['referred', day(2), { callBy: closed }], ['taken', day(5)]);
  expect(projectFacts(aProject(), told, territory)).toMatchObject({ dueBy: closed, takenWithin2: true });
});
