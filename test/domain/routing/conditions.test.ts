import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { compileRuleset } from '../../../src/domain/routing/compileRuleset.js';
import { prepareCondition, type SeenCondition } from '../../../src/domain/routing/conditions.js';
import type { RoutingFacts } from '../../../src/domain/routing/decision.js';
import type { Condition } from '../../../src/domain/routing/rule.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { COMMUNES, someFacts } from './someFacts.js';

const territory = loadTerritory();
const { read } = compileRuleset(DEFAULT_RULESET, territory);
const look = (condition: Condition, facts: Partial<RoutingFacts> = {}) => {
  const conditions: SeenCondition[] = [];
  return { ...prepareCondition(condition, territory)(read(someFacts(facts)), conditions), conditions };
};

const yes: Condition = { op: 'equals', fact: 'mainNeed', value: 'water' };
const no: Condition = { op: 'equals', fact: 'mainNeed', value: 'energy' };
const unknown: Condition = { op: 'isKnown', fact: 'mainNeed' };
const facts = { needs: ['water' as const], headcount: 12, commune: COMMUNES.Thiers };
const stage: Condition = { op: 'in', fact: 'stage', values: ['growth'] };

describe('three values', () => {
  const table: [string, Condition, string][] = [
    ['true', yes, 'true'],
    ['false', no, 'false'],
    ['unknown', stage, 'unknown'],
    ['all of true and unknown', { op: 'all', of: [yes, stage] }, 'unknown'],
    ['all of false and unknown', { op: 'all', of: [stage, no] }, 'false'],
    ['any of true and unknown', { op: 'any', of: [stage, yes] }, 'true'],
    ['any of false and unknown', { op: 'any', of: [no, stage] }, 'unknown'],
    ['not true', { op: 'not', of: yes }, 'false'],
    ['not unknown', { op: 'not', of: stage }, 'unknown'],
    ['not all of true and false', { op: 'not', of: { op: 'all', of: [yes, no] } }, 'true'],
    ['not any of true and false', { op: 'not', of: { op: 'any', of: [yes, no] } }, 'false'],
    ['unknown, presumed', { op: 'presumed', of: stage }, 'true'],
    ['not (unknown, presumed)', { op: 'not', of: { op: 'presumed', of: stage } }, 'false'],
    ['presumed not unknown', { op: 'presumed', of: { op: 'not', of: stage } }, 'true'],
    ['false, presumed', { op: 'presumed', of: no }, 'false'],
    ['is it known', unknown, 'true'],
    ['at least', { op: 'atLeast', fact: 'headcount', value: 12 }, 'true'],
    ['at most', { op: 'atMost', fact: 'headcount', value: 11 }, 'false'],
    ['between', { op: 'between', fact: 'headcount', from: 10, to: 12 }, 'true'],
    ['at least, on a word', { op: 'atLeast', fact: 'mainNeed', value: 1 }, 'unknown'],
    ['contains, none chosen', { op: 'contains', fact: 'otherNeeds', values: ['energy'] }, 'false'],
    ['in the perimeter', { op: 'inTerritory', places: ['perimeter'] }, 'true'],
    ['in the Pôle', { op: 'inTerritory', places: ['pole'] }, 'true'],
    ['in a Territoire d’industrie', { op: 'inTerritory', places: ['tiltam'] }, 'true'],
    ['in another', { op: 'inTerritory', places: ['riom-vichy'] }, 'false'],
    ['in a département', { op: 'inTerritory', places: ['42', '63'] }, 'true'],
    ['in an EPCI', { op: 'inTerritory', places: ['200070712'] }, 'true'],
  ];
  test.each(table)('%s', (_, condition, verdict) => expect(look(condition, facts).verdict).toBe(verdict));

  test('a place is unknown when the commune is', () => {
    expect(look({ op: 'not', of: { op: 'inTerritory', places: ['63'] } }).verdict).toBe('unknown');
  });
});

test('says in French what was asked and what was seen', () => {
  const { conditions, presumed } = look(
    {
      op: 'all',
      of: [
        { op: 'not', of: no },
        { op: 'inTerritory', places: ['metropole', 'tiltam'] },
        { op: 'presumed', of: stage },
        { op: 'not', of: { op: 'equals', fact: 'industrial', value: false } },
      ],
    },
    facts,
  );
  expect(presumed).toBe(1);
  expect(conditions.map((one) => [one.text, one.saw, one.verdict])).toEqual([
    ['le besoin principal n’est pas «\u00a0sobriété et efficacité énergétique\u00a0»', 'gestion de l’eau', 'true'],
    [
      'la commune est dans Clermont Auvergne Métropole ou le Territoire d’industrie TILTAM',
      'Thiers (Thiers Dore et Montagne)',
      'true',
    ],
    ['l’avancement est «\u00a0Développement\u00a0»', 'non précisé', 'unknown'],
    ['le projet est industriel', 'non précisé', 'unknown'],
  ]);
});
