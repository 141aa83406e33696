import { loadTerritory } from '../../../src/data/territoryFiles.js';
import type { RoutingFacts } from '../../../src/domain/routing/decision.js';
import { whatWouldChange } from '../../../src/domain/routing/whatWouldChange.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { COMMUNES, someFacts } from './someFacts.js';

const territory = loadTerritory();
const changes = (facts: Partial<RoutingFacts>, ruleset = DEFAULT_RULESET) =>
  whatWouldChange(someFacts(facts), ruleset, territory);
const restaurant = {
  needs: ['water' as const],
  stage: 'growth' as const,
  sector: 'restauration',
  commune: COMMUNES.Thiers,
};

test('one other answer that would have changed the main partner, in French', () => {
  const rows = changes(restaurant);
  expect(rows[0]).toMatchObject({ answers: 1, outcome: 'routed', main: 'ti-tiltam' });
  expect(rows[0]?.text).toMatch(/^Si l’activité était de la fabrication, le projet irait au Territoire d’industrie/);
  expect(
    rows.some(({ text }) => /Si la commune était dans .*, le projet irait à la CCI de l’Allier\./.test(text)),
  ).toBe(true);
  for (const { text } of rows) expect(text).not.toMatch(/undefined|null|'| [:;?!»]/);
});

test('two answers when one is not enough', () => {
  const when = {
    op: 'all' as const,
    of: [
      { op: 'equals' as const, fact: 'stage' as const, value: 'creation' },
      { op: 'equals' as const, fact: 'holderKind' as const, value: 'company' },
    ],
  };
  const only = { id: 'a', label: 'a', when, to: { partner: 'cci-puy-de-dome', anywhere: true }, role: 'main' as const };
  const ruleset = { ...DEFAULT_RULESET, gates: [], doubts: [], rules: [{ ...only, weight: 1, sentence: 'Test.' }] };
  expect(changes({ stage: 'idea', holderKind: 'student' }, ruleset)).toEqual([
    {
      text: 'Si l’avancement était «\u00a0Création\u00a0» et si le profil était «\u00a0entreprise\u00a0», le projet irait à la CCI Puy-de-Dôme Clermont Auvergne Métropole.',
      answers: 2,
      outcome: 'routed',
      main: 'cci-puy-de-dome',
    },
  ]);
});

test('takes less than 20 ms', () => {
  changes(restaurant);
  const start = performance.now();
  for (let i = 0; i < 10; i += 1) changes(restaurant);
  const each = (performance.now() - start) / 10;
  console.info(`whatWouldChange: ${each.toFixed(1)} ms`);
  expect(each).toBeLessThan(20);
});
