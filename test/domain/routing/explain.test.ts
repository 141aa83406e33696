import { loadTerritory } from '../../../src/data/territoryFiles.js';
import type { RoutingFacts } from '../../../src/domain/routing/decision.js';
import { explainForAdvisor, explainForHolder } from '../../../src/domain/routing/explain.js';
import { routeProject } from '../../../src/domain/routing/routeProject.js';
import { whatWouldChange } from '../../../src/domain/routing/whatWouldChange.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { COMMUNES, someFacts } from './someFacts.js';

const territory = loadTerritory();
const decide = (facts: Partial<RoutingFacts>) => routeProject(someFacts(facts), DEFAULT_RULESET, territory);
const workshop = decide({ needs: ['water'], stage: 'growth', sector: 'forge', commune: COMMUNES.Thiers });

describe('for the holder', () => {
  test('why this partner, and who else may help', () => {
    const explanation = explainForHolder(workshop, territory);
    expect(explanation.partner?.id).toBe('ti-tiltam');
    expect(explanation.why[0]).toMatch(
      /^Vous voulez mieux utiliser l’eau de votre production à Thiers\u00a0: le Territoire/,
    );
    expect(explanation.alsoHelp[0]).toEqual({
      id: 'cci-puy-de-dome',
      name: 'CCI Puy-de-Dôme Clermont Auvergne Métropole',
      why: 'La CCI Puy-de-Dôme Clermont Auvergne Métropole suit les entreprises de votre département.',
    });
  });

  test('out of the territory, who to turn to', () => {
    const explanation = explainForHolder(decide({ needs: ['water'], commune: COMMUNES.Montluçon }), territory);
    expect(explanation.partner).toBeNull();
    expect(explanation.why[0]).toMatch(/^Montluçon n’est pas dans le territoire/);
    expect(explanation.alsoHelp.map((one) => one.why)).toEqual(['Votre interlocuteur est la CCI de l’Allier.']);
  });
});

describe('for the advisor', () => {
  test('everything that the decision rests on', () => {
    const explanation = explainForAdvisor(workshop, territory);
    expect(explanation.confidence).toEqual({ percent: 100, words: 'Orientation sûre' });
    expect(explanation.rules[0]).toMatchObject({
      label: 'L’eau d’un industriel va au Territoire d’industrie',
      role: 'réponse principale',
      points: 10,
    });
    expect(explanation.rules[0]?.conditions[0]).toMatchObject({ saw: 'gestion de l’eau', verdict: 'oui' });
    expect(explanation.points[0]).toMatchObject({ partner: 'ti-tiltam', points: 13, chosen: true });
    expect(explanation.points[1]).toMatchObject({ partner: 'cci-puy-de-dome', points: 3, chosen: false });
    expect(explanation.others).toHaveLength(8);
    expect(explanation.rulesetVersion).toBe(DEFAULT_RULESET.version);
  });

  test('what is not known about the project', () => {
    const explanation = explainForAdvisor(decide({ needs: ['energy'], commune: COMMUNES.Thiers }), territory);
    expect(explanation.confidence.words).toBe('Orientation probable');
    expect(explanation.rules.map((rule) => rule.label)).toContain('Le caractère industriel n’est pas connu');
  });

  test('which rules wait for an answer', () => {
    const facts = { needs: ['business-creation' as const], stage: 'idea' as const, commune: COMMUNES.Thiers };
    const explanation = explainForAdvisor(decide(facts), territory);
    expect(explanation.waiting.map((rule) => rule.label)).toContain('L’entrepreneuriat étudiant va à l’université');
    const asked = explanation.waiting[0]?.conditions.find((one) => one.saw === 'non précisé');
    expect(asked).toMatchObject({ text: 'le profil est «\u00a0en études\u00a0»', verdict: 'on ne sait pas' });
  });

  test('why not, for every other desk', () => {
    const desks = territory.partners.filter(({ role }) => role === 'desk').map(({ id }) => id);
    const given: Partial<RoutingFacts>[] = [
      { needs: ['water'], commune: COMMUNES.Thiers },
      { needs: ['research'] },
      { needs: ['incubation'], commune: COMMUNES.Vichy },
      {},
    ];
    for (const facts of given) {
      const decision = decide(facts);
      const { others } = explainForAdvisor(decision, territory);
      expect(others.map(({ partner }) => partner).sort()).toEqual(desks.filter((id) => id !== decision.main).sort());
      for (const { why } of others) expect(why).toMatch(/^[A-ZÀÉÊN].*\.$/);
    }
  });

  test('what would have changed the orientation', () => {
    const facts = someFacts({ needs: ['water'], stage: 'growth', sector: 'forge', commune: COMMUNES.Thiers });
    const changes = whatWouldChange(facts, DEFAULT_RULESET, territory);
    expect(explainForAdvisor(workshop, territory, changes).wouldChange[0]).toMatch(/^Si l’activité était autre/);
    expect(explainForAdvisor(workshop, territory).wouldChange).toEqual([]);
  });

  test('that a person must choose', () => {
    expect(explainForAdvisor(decide({ needs: ['energy'] }), territory).confidence.words).toBe(
      'Une personne doit choisir',
    );
  });
});
