import { loadTerritory } from '../../../src/data/territoryFiles.js';
import type { RoutingFacts } from '../../../src/domain/routing/decision.js';
import { reasonsInEnglish } from '../../../src/domain/routing/reasonsInEnglish.js';
import { routeProject } from '../../../src/domain/routing/routeProject.js';
import { NEED_IDS, NEEDS } from '../../../src/domain/territory/needs.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { COMMUNES, someFacts } from './someFacts.js';

const territory = loadTerritory();
const reasonsOf = (change: Partial<RoutingFacts>) => {
  const facts = someFacts(change);
  return reasonsInEnglish({ facts, decision: routeProject(facts, DEFAULT_RULESET, territory) }, territory);
};

test('why this partner, from the need, the commune and the stage, then who may also help', () => {
  expect(reasonsOf({ needs: ['water'], stage: 'growth', sector: 'forge', commune: COMMUNES.Thiers })).toMatchSnapshot();
  expect(reasonsOf({ needs: ['business-creation'], stage: 'creation', commune: COMMUNES.Thiers })).toMatchSnapshot();
  expect(reasonsOf({ needs: ['research'], stage: 'research', commune: COMMUNES.Thiers })).toMatchSnapshot();
});

test.each<[string, Partial<RoutingFacts>, string]>([
  [
    'no need',
    { needs: [], commune: COMMUNES.Thiers },
    'You have not chosen a precise need yet: a person reads your project and finds who can help you.',
  ],
  [
    'no commune',
    { needs: ['business-premises'], commune: null },
    'We do not know in which town your project is: a person reads it and finds who can help you.',
  ],
  ['elsewhere', { needs: ['water'], commune: COMMUNES.Montluçon }, 'Your project is in Montluçon, outside our area.'],
])('%s', (_name, facts, expected) => {
  expect(reasonsOf(facts)[0]).toBe(expected);
});

test('a message set aside', () => {
  const decision = { outcome: 'rejected', main: null, associated: [] } as const;
  expect(reasonsInEnglish({ facts: someFacts({}), decision }, territory)).toEqual([
    'This service is for business and innovation projects. If you are looking for a job, France Travail will help you better than we can.',
  ]);
});

test('a partner that has left the directory keeps its id', () => {
  const decision = { outcome: 'routed', main: 'gone', associated: ['gone-too'] } as const;
  const facts = someFacts({ needs: [], commune: null, stage: null });
  expect(reasonsInEnglish({ facts, decision }, territory)).toEqual([
    'Gone is best placed to help you.',
    'gone-too can also help you.',
  ]);
});

test('every need in every commune of ours is told in whole sentences, one more for each associated partner', () => {
  for (const need of NEED_IDS) {
    for (const commune of Object.values(COMMUNES)) {
      const facts = someFacts({ needs: [need], commune });
      const decision = routeProject(facts, DEFAULT_RULESET, territory);
      const reasons = reasonsInEnglish({ facts, decision }, territory);
      expect(reasons).toHaveLength(1 + decision.associated.length);
      for (const reason of reasons) expect(reason).toMatch(/^\S.*\.$/);
      if (decision.outcome === 'routed') expect(reasons[0]).toContain(NEEDS[need].en);
    }
  }
});
