import { replayEvents } from '../../../src/domain/referrals/replayEvents.js';
import { story } from '../../support/stories.js';

type Told = Parameters<typeof story>[1];
const DAY = '2026-11-02T10:00:00+01:00';
const sent: Told = ['submitted', DAY, { after: 'routed' }];
const arrived: Told = ['referred', DAY, { after: 'waiting', rank: 1_000_001 }];
/** A change of the first referral, all at the same instant: only the rank orders them. */
const change = (type: Told[0], version: number, [before, after]: [string, string], more = {}): Told => [
  type,
  DAY,
  { before, after, rank: 1_000_000 + version, actor: { role: 'advisor', account: 'anne' }, ...more },
];
const taken = change('taken', 2, ['waiting', 'taken']);

const MAIN = { id: 'r1', partner: 'cci-puy-de-dome', role: 'main' };

describe('the events of a project, replayed', () => {
  it.each<[string, Told[], { state: string; main: object }]>([
    ['sent', [arrived], { state: 'waiting', main: { state: 'waiting', takenBy: null } }],
    ['taken', [arrived, taken], { state: 'in_progress', main: { state: 'taken', takenBy: 'anne' } }],
    [
      'given to a colleague',
      [arrived, taken, change('transferred', 3, ['taken', 'taken'], { to: 'bruno' })],
      { state: 'in_progress', main: { state: 'taken', takenBy: 'bruno' } },
    ],
    [
      'released',
      [arrived, taken, change('released', 3, ['taken', 'waiting'])],
      { state: 'waiting', main: { state: 'waiting', takenBy: null } },
    ],
    [
      'closed and reopened',
      [arrived, taken, change('closed', 3, ['taken', 'helped']), change('reopened', 4, ['helped', 'taken'])],
      { state: 'in_progress', main: { state: 'taken', takenBy: 'anne' } },
    ],
    [
      'declined',
      [arrived, change('declined', 2, ['waiting', 'declined'])],
      { state: 'triage', main: { state: 'declined' } },
    ],
    [
      'taken back while somebody took it',
      [arrived, ['withdrawn', DAY, { after: 'withdrawn' }], taken],
      { state: 'withdrawn', main: { state: 'withdrawn', takenBy: 'anne' } },
    ],
  ])('%s', (_case, told, { state, main }) => {
    const events = story('p1', sent, ...told);
    for (const order of [events, events.toReversed()])
      expect(replayEvents(order)).toMatchObject({ state, referrals: [{ ...MAIN, ...main }], impossible: [] });
  });

  it('goes on at the next partner, and knows those brought in', () => {
    const { referrals, state } = replayEvents(
      story(
        'p1',
        sent,
        arrived,
        change('brought-in', 2, ['waiting', 'waiting'], { to: 'ti-tiltam' }),
        change('rerouted', 3, ['waiting', 'rerouted'], { to: 'ti-riom-vichy' }),
        ['referred', DAY, { referral: 'r2', partner: 'ti-riom-vichy', after: 'waiting', rank: 2_000_001 }],
      ),
    );
    expect(referrals.map(({ partner, role, state: now }) => `${partner} ${role} ${now}`)).toEqual([
      'cci-puy-de-dome main rerouted',
      'ti-riom-vichy main waiting',
      'ti-tiltam associated informed',
    ]);
    expect(state).toBe('waiting');
  });

  it('ended in triage it is closed, until a manager sends it on after all', () => {
    const declined = change('declined', 2, ['waiting', 'declined']);
    const ended: Told = [
      'closed-in-triage',
      DAY,
      { referral: null, before: 'triage', after: 'closed', rank: 1_500_000 },
    ];
    const sentOn: Told = ['referred', DAY, { referral: 'r2', after: 'waiting', rank: 2_000_001 }];
    const told = [sent, arrived, declined, ended];
    expect(replayEvents(story('p1', ...told))).toMatchObject({ state: 'closed', impossible: [] });
    expect(replayEvents(story('p1', ...told, sentOn))).toMatchObject({ state: 'waiting', impossible: [] });
  });

  it('without any referral stands as it was decided', () => {
    expect(replayEvents(story('p1', ['submitted', DAY, { after: 'out_of_territory' }]))).toMatchObject({
      state: 'out_of_territory',
      referrals: [],
    });
  });

  it.each<[string, Told[]]>([
    ['taken twice', [arrived, taken, change('taken', 3, ['taken', 'taken'])]],
    ['begun where it did not stand', [arrived, change('closed', 2, ['taken', 'helped'])]],
    ['led where the act does not lead', [arrived, change('taken', 2, ['waiting', 'helped'])]],
    ['of a referral that never was', [change('taken', 2, ['waiting', 'taken'], { referral: 'r9' })]],
  ])('tells what is outside the lifecycle: %s', (_case, told) => {
    expect(replayEvents(story('p1', sent, ...told)).impossible).toHaveLength(1);
  });
});
