import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { startReplay } from '../../../src/domain/routing/replay.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { COMMUNES, someFacts } from './someFacts.js';

const territory = loadTerritory();
const draft = {
  ...DEFAULT_RULESET,
  version: 'draft',
  rules: DEFAULT_RULESET.rules.map((rule) =>
    rule.id === 'eau-metropole' ? { ...rule, to: { family: 'cci' as const } } : rule,
  ),
};
const inClermont = someFacts({ needs: ['water'], stage: 'growth', commune: COMMUNES.Clermont });
const inThiers = someFacts({ needs: ['funding'], stage: 'growth', commune: COMMUNES.Thiers });
const metropole = 'clermont-auvergne-metropole';
const cci = 'cci-puy-de-dome';

test('says what would move, from where to where, and whether it agrees with people', () => {
  const replay = startReplay(DEFAULT_RULESET, draft, territory);
  expect(replay.add({ id: 'a', facts: inClermont, stored: metropole, chosen: cci })).toEqual({
    id: 'a',
    from: metropole,
    to: cci,
    chosen: cci,
  });
  expect(replay.add({ id: 'b', facts: inThiers, stored: 'cci-allier', chosen: cci })).toBeNull();
  expect(replay.add({ id: 'c', facts: someFacts(), stored: null, chosen: null })).toBeNull();
  expect(replay.report()).toEqual({
    total: 3,
    moved: 1,
    unlikeStored: 1,
    matrix: [
      { from: cci, to: cci, count: 1 },
      { from: metropole, to: cci, count: 1 },
      { from: 'triage', to: 'triage', count: 1 },
    ],
    loadBefore: { [metropole]: 1, [cci]: 1, triage: 1 },
    loadAfter: { [cci]: 2, triage: 1 },
    agreement: { compared: 2, before: 1, after: 2 },
    sample: [{ id: 'a', from: metropole, to: cci, chosen: cci }],
  });
});

test('keeps no more moved projects than asked for, and counts them all', () => {
  const replay = startReplay(DEFAULT_RULESET, draft, territory, { cap: 2 });
  for (let i = 0; i < 50; i += 1) replay.add({ id: String(i), facts: inClermont, stored: null, chosen: null });
  expect(replay.report()).toMatchObject({ total: 50, moved: 50 });
  expect(replay.report().sample.map(({ id }) => id)).toEqual(['0', '1']);
});
