import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { projectFacts } from '../../../src/domain/statistics/facts.js';
import { referralFacts } from '../../../src/domain/statistics/referralFacts.js';
import { aProject, story } from '../../support/stories.js';

const SENT = '2026-11-02T10:00:00+01:00';
const second = { referral: 'r2', partner: 'ti-riom-vichy' };

const rowsOf = (...told: Parameters<typeof story>[1][]) => {
  const events = story('p1', ['submitted', SENT], ['referred', SENT], ...told);
  return referralFacts(projectFacts(aProject(), events, loadTerritory()), events);
};

test('one row a partner: sent on, taken there, and a third one beside', () => {
  const rows = rowsOf(
    ['rerouted', '2026-11-03T10:00:00+01:00', { to: 'ti-riom-vichy' }],
    ['referred', '2026-11-03T10:00:00+01:00', second],
    ['taken', '2026-11-03T15:00:00+01:00', second],
    ['brought-in', '2026-11-04T10:00:00+01:00', { ...second, to: 'ti-tiltam' }],
    ['closed', '2026-11-05T10:00:00+01:00', { ...second, after: 'helped' }],
  );
  expect(rows).toMatchObject([
    { id: 'r1', sequence: 1, role: 'main', state: 'rerouted', reroutedTo: 'ti-riom-vichy', hoursToTake: null },
    // From 10 to 12, and from 14 to 15: three opening hours.
    { id: 'r2', sequence: 2, role: 'main', state: 'helped', outcome: 'helped', hoursToTake: 3, takenDay: '2026-11-03' },
    { partner: 'ti-tiltam', role: 'associated', state: 'informed', sentDay: '2026-11-04', takenAt: null },
  ]);
});

test('a refusal keeps its reason; what the holder takes back is withdrawn', () => {
  expect(rowsOf(['declined', '2026-11-03T10:00:00+01:00', { reason: 'duplicate' }])).toMatchObject([
    { state: 'declined', declineReason: 'duplicate', closedDay: '2026-11-03', outcome: null },
  ]);
  expect(rowsOf(['withdrawn', '2026-11-03T10:00:00+01:00', { after: 'withdrawn' }])).toMatchObject([
    { state: 'withdrawn', takenWithin2: null },
  ]);
});
