import { loadTerritory } from '../../../src/data/territoryFiles.js';
import type { Ruleset } from '../../../src/domain/routing/rule.js';
import { validateRuleset } from '../../../src/domain/routing/validateRuleset.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';

const territory = loadTerritory();

/** The faults of the default ruleset once its first main rule is changed so. */
function faultsWhen(change: Record<string, unknown>) {
  const ruleset: Ruleset = structuredClone(DEFAULT_RULESET);
  Object.assign(ruleset.rules[0]!, change);
  return validateRuleset(JSON.parse(JSON.stringify(ruleset)), territory);
}

test('the default ruleset can be used', () => {
  expect(validateRuleset(DEFAULT_RULESET, territory)).toEqual([]);
});

describe('refuses, with the row and the path', () => {
  const table: [string, Record<string, unknown>, string][] = [
    ['an unknown partner', { to: { partner: 'mairie' } }, 'to.partner'],
    ['a closed partner', { to: { partner: 'le-bivouac' } }, 'to.partner'],
    ['a relay as main answer', { to: { partner: 'bpifrance' } }, 'to.partner'],
    ['an unknown family', { to: { family: 'mairies' } }, 'to'],
    ['a need that is none', { when: { op: 'in', fact: 'mainNeed', values: ['research', 'tricot'] } }, 'when.values[1]'],
    ['a stage that is none', { when: { op: 'equals', fact: 'stage', value: 'retraite' } }, 'when.value'],
    ['an unknown fact', { when: { op: 'isKnown', fact: 'couleur' } }, 'when.fact'],
    ['an unknown operator', { when: { op: 'not', of: { op: 'xor', of: [] } } }, 'when.of.op'],
    ['an unknown place', { when: { op: 'inTerritory', places: ['63', 'Lune'] } }, 'when.places[1]'],
    [
      'a fault deep inside',
      { when: { op: 'all', of: [{ op: 'any', of: [{ op: 'isKnown', fact: 'x' }] }] } },
      'when.of[0].of[0].fact',
    ],
    ['a number compared with a word', { when: { op: 'atLeast', fact: 'stage', value: 3 } }, 'when.op'],
    ['a yes-no compared with a word', { when: { op: 'equals', fact: 'industrial', value: 'oui' } }, 'when.value'],
    ['bounds upside down', { when: { op: 'between', fact: 'headcount', from: 9, to: 3 } }, 'when.to'],
    ['a main rule that looks at the decision', { when: { op: 'isKnown', fact: 'mainKind' } }, 'when.fact'],
    ['an operator with nothing', { when: { op: 'all', of: [] } }, 'when.of'],
    ['a word too many', { when: { op: 'isKnown', fact: 'stage', color: 'red' } }, 'when.color'],
    ['a negative weight', { weight: -1 }, 'weight'],
    ['no sentence', { sentence: '' }, 'sentence'],
    ['no condition', { when: null }, 'when'],
  ];
  test.each(table)('%s', (_, change, path) => {
    const [fault] = faultsWhen(change);
    expect(fault).toMatchObject({ rule: 'recherche-universite', path });
    expect(fault?.message).toBeTruthy();
  });

  test('two rows of the same name', () => {
    expect(faultsWhen({ id: 'locaux-cci' })).toEqual([expect.objectContaining({ rule: 'locaux-cci', path: 'id' })]);
  });

  test('a row without a name, by its place', () => {
    expect(faultsWhen({ id: 3 })[0]).toMatchObject({ rule: 'rules[0]', path: 'id' });
  });

  test.each([null, undefined, 3, 'x', [], {}, { version: '1', gates: 3 }])('%j is no ruleset', (value) => {
    expect(validateRuleset(value, territory).length).toBeGreaterThan(0);
  });

  test('conditions nested beyond reading', () => {
    let when: unknown = { op: 'isKnown', fact: 'stage' };
    for (let i = 0; i < 50; i += 1) when = { op: 'not', of: when };
    expect(faultsWhen({ when })[0]?.message).toMatch(/imbriquées/);
  });
});
