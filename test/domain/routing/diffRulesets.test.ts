import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { diffRulesets } from '../../../src/domain/routing/diffRulesets.js';
import { rulesetInWords } from '../../../src/domain/routing/rulesetInWords.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';

const territory = loadTerritory();
const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ');

describe('a ruleset in words', () => {
  const rows = rulesetInWords(DEFAULT_RULESET, territory);
  const row = (id: string) => rows.find((one) => one.id === id)!;

  test('has every row, in plain French', () => {
    const { gates, rules, doubts } = DEFAULT_RULESET;
    expect(rows.map(({ id }) => id)).toEqual([...gates, ...rules, ...doubts].map(({ id }) => id));
    for (const { when, to, role, weight, sentence } of rows) {
      expect([when, to, role, weight, sentence].join(' ')).not.toMatch(/undefined|NaN|\[object| [:;?!»]|'/);
      expect(when).not.toMatch(/autres$/);
    }
  });

  test('says the condition, the partner and the weight', () => {
    expect(plain(row('eau-metropole').when)).toBe(
      'le besoin principal est « gestion de l’eau », et la commune est dans Clermont Auvergne Métropole',
    );
    expect(row('industrie-territoire').to).toBe('le Territoire d’industrie de la commune');
    expect(row('eau-metropole').weight).toBe('10 points');
    expect(plain(row('avancement-inconnu').weight)).toBe('retire 10 % de confiance');
  });

  test('puts brackets where "et" and "ou" would be mixed', () => {
    expect(plain(row('eau-cci').when)).toMatch(/, et \(.* n’est pas dans un Territoire d’industrie, ou .*\)$/);
  });
});

describe('what differs between two rulesets', () => {
  test('nothing, when only the version does', () => {
    expect(diffRulesets(DEFAULT_RULESET, { ...structuredClone(DEFAULT_RULESET), version: 'b' }, territory)).toEqual([]);
  });

  test('rows added, removed, changed, moved, and settings', () => {
    const [first, second, ...gates] = DEFAULT_RULESET.gates;
    const [gone, changed, ...rules] = DEFAULT_RULESET.rules;
    const after = {
      ...DEFAULT_RULESET,
      gates: [second!, first!, ...gates],
      rules: [{ ...changed!, weight: 8 }, ...rules, { ...gone!, id: 'new' }],
      settings: { ...DEFAULT_RULESET.settings, maxAssociated: 3 },
    };
    const changes = diffRulesets(DEFAULT_RULESET, after, territory);
    expect(changes.map(({ kind, rule }) => `${kind} ${rule}`)).toEqual([
      `removed ${gone!.id}`,
      `changed ${changed!.id}`,
      'added new',
      `moved ${second!.id}`,
      `moved ${first!.id}`,
      'changed maxAssociated',
    ]);
    expect(changes[1]?.what).toEqual([{ what: 'le poids', before: '10 points', after: '8 points' }]);
  });
});
