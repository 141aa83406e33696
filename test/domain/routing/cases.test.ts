import cases from '../../../src/data/territory/cases.json';
import { loadTerritory } from '../../../src/data/territoryFiles.js';
import { OUTCOME_WORDS } from '../../../src/domain/routing/decision.js';
import { routeProject } from '../../../src/domain/routing/routeProject.js';
import { needOfLabel } from '../../../src/domain/territory/needs.js';
import { stageOfCode } from '../../../src/domain/territory/stages.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';

const territory = loadTerritory();
const decisions = cases.map((one) => ({
  one,
  decision: routeProject(
    {
      needs: one.needs.map((label) => needOfLabel(label)!),
      stage: stageOfCode(one.stage) ?? null,
      commune: one.commune?.codeInsee ?? null,
      holderKind: null,
      sector: one.sector,
      headcount: one.headcount,
      title: one.title,
      summary: one.summary,
    },
    DEFAULT_RULESET,
    territory,
  ),
}));

describe('the 40 example projects', () => {
  test.each(decisions)('$one.id $one.title', ({ one, decision }) => {
    expect([OUTCOME_WORDS[decision.outcome], decision.main]).toEqual([one.outcome, one.expectedPrimary]);
    expect(decision.reasons.length).toBeGreaterThan(0);
    expect(decision.associated.length).toBeLessThanOrEqual(4);
  });

  test('name those who may help beside', () => {
    const expected = decisions.flatMap(({ one, decision }) =>
      one.expectedAlsoInvolved.map((partner) => ({
        id: one.id,
        partner,
        found: decision.associated.includes(partner),
      })),
    );
    const found = expected.filter((one) => one.found).length;
    const named = decisions.reduce((sum, { decision }) => sum + decision.associated.length, 0);
    const missed = expected.filter((one) => !one.found).map((one) => `${one.id} ${one.partner}`);
    console.info(`associated: recall ${found}/${expected.length}, ${named} named, missed: ${missed.join(', ')}`);
    expect(found / expected.length).toBeGreaterThanOrEqual(0.95);
  });
});
