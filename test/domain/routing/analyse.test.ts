import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { analyse } from '../../../src/domain/routing/analyse.js';
import type { Gate, Rule, Ruleset } from '../../../src/domain/routing/rule.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';

const territory = loadTerritory();
const checks = (ruleset: Ruleset) =>
  analyse(ruleset, territory).map(({ level, check, rule, partner }) => `${level} ${check} ${rule ?? partner ?? ''}`);
const withRules = (...rules: Rule[]): Ruleset => ({ ...DEFAULT_RULESET, rules: [...DEFAULT_RULESET.rules, ...rules] });
const rule = (row: Partial<Rule> & Pick<Rule, 'id' | 'when' | 'to'>): Rule => ({
  label: row.id,
  role: 'main',
  weight: 10,
  sentence: 'Test.',
  ...row,
});

test('the default rules have no error and no warning, in less than ten seconds of the processor', () => {
  const start = process.cpuUsage();
  const findings = analyse(DEFAULT_RULESET, territory);
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  console.info(`analyse: ${Math.round(took)} ms, ${findings.length} findings`);
  expect(findings.filter(({ level }) => level !== 'info')).toEqual([]);
  expect(took).toBeLessThan(10_000);
  for (const { text, examples } of findings) {
    expect([text, ...(examples ?? [])].join(' ')).not.toMatch(/undefined|null|NaN| [:;?!»]|'/);
  }
});

test('says which rules can never hold, never decide, tie, or are hidden by an earlier one', () => {
  const never: Rule = rule({
    id: 'never',
    when: {
      op: 'all',
      of: [
        { op: 'equals', fact: 'mainNeed', value: 'water' },
        { op: 'equals', fact: 'mainNeed', value: 'energy' },
      ],
    },
    to: { family: 'cci' },
  });
  const dominated = rule({
    id: 'dominated',
    when: { op: 'equals', fact: 'mainNeed', value: 'research' },
    to: { family: 'cci' },
    weight: 1,
  });
  const ties = rule({
    id: 'ties',
    when: { op: 'equals', fact: 'mainNeed', value: 'crafts' },
    to: { family: 'university', anywhere: true },
    weight: 11,
  });
  const nobody = rule({
    id: 'nobody',
    when: {
      op: 'all',
      of: [
        { op: 'equals', fact: 'mainNeed', value: 'water' },
        { op: 'inTerritory', places: ['03'] },
      ],
    },
    to: { family: 'metropole' },
  });
  const gate: Gate = { ...DEFAULT_RULESET.gates[4]!, id: 'hidden' };
  const ruleset = withRules(never, dominated, ties, nobody);
  const found = checks({
    ...ruleset,
    gates: [...ruleset.gates, gate],
    settings: { ...ruleset.settings, tieMargin: 4 },
  });
  expect(found).toContain('error never-fires never');
  expect(found).toContain('error never-fires nobody');
  expect(found).toContain('error shadowed hidden');
  expect(found).toContain('warning shadowed dominated');
  expect(found.some((one) => /tie (accueil-cci|ties|mission-declaree)/.test(one))).toBe(true);
});

test('says which answers no rule covers, and which desks are left aside', () => {
  const rules = DEFAULT_RULESET.rules.filter(({ id }) => !/^industrie|^mission|^a-defaut|^autres-besoins/.test(id));
  const findings = analyse({ ...DEFAULT_RULESET, rules }, territory);
  const gaps = findings.filter(({ check }) => check === 'not-covered');
  expect(gaps[0]).toMatchObject({ level: 'error', exact: true });
  expect(gaps.map(({ text }) => text).join(' ')).toMatch(/foncier industriel.*Riom Limagne|autres/);
  const noMetropole = DEFAULT_RULESET.rules.filter(
    ({ to, id }) => !('family' in to && to.family === 'metropole') && !/mission|autres|a-defaut/.test(id),
  );
  expect(checks({ ...DEFAULT_RULESET, rules: noMetropole })).toContain(
    'warning partner-not-reached clermont-auvergne-metropole',
  );
});
