import { loadTerritory } from '../../../src/data/territoryFiles.js';
import type { RoutingFacts } from '../../../src/domain/routing/decision.js';
import { routeProject } from '../../../src/domain/routing/routeProject.js';
import { DEFAULT_RULESET } from '../../support/defaultRules.js';
import { COMMUNES, someFacts } from './someFacts.js';

const territory = loadTerritory();
const decide = (facts: Partial<RoutingFacts>, ruleset = DEFAULT_RULESET) =>
  routeProject(someFacts(facts), ruleset, territory);

type Given = Omit<Partial<RoutingFacts>, 'commune'> & { at?: keyof typeof COMMUNES };
const given = ({ at, ...facts }: Given): Partial<RoutingFacts> => ({ ...facts, commune: at ? COMMUNES[at] : null });

const uca = 'universite-clermont-auvergne';
const metropole = 'clermont-auvergne-metropole';

describe('given these answers, this desk, because …', () => {
  const table: [Given, string, string][] = [
    [
      { needs: ['start-up-premises'], at: 'Chamalières', stage: 'creation', sector: 'logiciel' },
      metropole,
      'it houses young companies in its communes',
    ],
    [
      { needs: ['start-up-premises'], at: 'Thiers', stage: 'creation', sector: 'logiciel' },
      'cci-puy-de-dome',
      'the CCI houses them elsewhere',
    ],
    [
      { needs: ['mobility'], at: 'Vichy', stage: 'growth', sector: 'services' },
      'cci-allier',
      'each CCI serves its own département',
    ],
    [
      { needs: ['social-economy'], at: 'Brioude', stage: 'creation', sector: 'insertion' },
      'cci-haute-loire',
      'there is no Métropole in Haute-Loire',
    ],
    [
      { needs: ['energy'], at: 'Riom', stage: 'growth', sector: 'pharmacie' },
      'ti-riom-vichy',
      'energy of industry belongs to the Territoire d’industrie',
    ],
    [
      { needs: ['energy'], at: 'Clermont', stage: 'growth', sector: 'pneumatiques' },
      metropole,
      'inside the Métropole it is the Métropole',
    ],
    [
      { needs: ['energy'], at: 'Billom', stage: 'growth', sector: 'agroalimentaire' },
      'cci-puy-de-dome',
      'Billom is in no Territoire d’industrie',
    ],
    [
      { needs: ['water'], at: 'Thiers', stage: 'growth', sector: 'restauration' },
      'cci-puy-de-dome',
      'a restaurant is not industrial',
    ],
    [
      { needs: ['water'], at: 'Thiers', stage: 'growth', sector: 'traitement de surface' },
      'ti-tiltam',
      'a metal workshop is',
    ],
    [{ needs: ['water'], at: 'Thiers' }, 'ti-tiltam', 'not known is taken as industrial'],
    [
      { needs: ['water'], at: 'SaintÉloy', stage: 'industrialisation' },
      'cci-puy-de-dome',
      'the CCI serves the whole Puy-de-Dôme',
    ],
    [
      { needs: ['skills'], at: 'Clermont', stage: 'industrialisation', sector: 'métallurgie' },
      'cci-puy-de-dome',
      'the Métropole does not train',
    ],
    [
      { needs: ['skills'], at: 'Issoire', stage: 'growth', sector: 'commerce' },
      'cci-puy-de-dome',
      'a shop is not industrial',
    ],
    [
      { needs: ['skills'], at: 'Montbrison', stage: 'growth', sector: 'fonderie' },
      'ti-tiltam',
      'TILTAM reaches into the Loire',
    ],
    [
      { needs: ['inward-investment'], at: 'Gannat', stage: 'settlement', sector: 'logistique' },
      'ti-riom-vichy',
      'settling makes a project industrial',
    ],
    [
      { needs: ['acceptability'], at: 'Issoire', stage: 'growth', sector: 'chimie' },
      'ti-issoire-brioude',
      'acceptability goes as cooperation',
    ],
    [
      { needs: ['industrial-land'], at: 'VeyreMonton', stage: 'settlement' },
      'cci-puy-de-dome',
      'the fourth Territoire d’industrie is only associated',
    ],
    [
      { needs: ['crafts'], at: 'Riom', stage: 'creation', sector: 'menuiserie' },
      'cci-puy-de-dome',
      'the CCI welcomes, the chambre de métiers is beside',
    ],
    [
      { needs: ['advice'], at: 'Vichy', stage: 'creation', sector: 'restauration' },
      'cci-allier',
      'advice with an activity and a stage is enough',
    ],
    [
      { needs: ['promotion'], at: 'Clermont', stage: 'growth', sector: 'association' },
      'cci-puy-de-dome',
      'no row of the table, hence the CCI',
    ],
    [
      { needs: ['research'], at: 'Paris', stage: 'research', sector: 'chimie' },
      uca,
      'research goes to the university wherever it comes from',
    ],
    [{ needs: ['research'], stage: 'growth' }, uca, 'even without a commune'],
    [
      { needs: ['student-entrepreneurship'], at: 'Montluçon', stage: 'idea' },
      uca,
      'a student, wherever the project is',
    ],
    [
      { needs: ['business-creation'], holderKind: 'student', at: 'Clermont', stage: 'idea' },
      uca,
      'a student who creates',
    ],
    [
      { needs: ['business-creation'], holderKind: 'future-founder', at: 'Clermont', stage: 'idea' },
      'cci-puy-de-dome',
      'anybody else who creates',
    ],
    [{ needs: ['technology-transfer', 'research'], at: 'Vichy', stage: 'growth' }, uca, 'it comes with research'],
    [
      { needs: ['technology-transfer'], holderKind: 'researcher', at: 'Limoges', stage: 'idea' },
      uca,
      'a researcher, wherever',
    ],
    [
      { needs: ['technology-transfer'], holderKind: 'company', at: 'Issoire', stage: 'research' },
      'cci-puy-de-dome',
      'a company’s own invention',
    ],
    [
      { needs: ['technology-transfer'], at: 'Thiers', stage: 'creation', sector: 'coutellerie' },
      'cci-puy-de-dome',
      'a trade mark',
    ],
    [
      { needs: ['technology-transfer'], at: 'Clermont', stage: 'research' },
      uca,
      'at the research stage, unless said otherwise',
    ],
    [
      { needs: ['incubation'], at: 'Clermont', stage: 'research', holderKind: 'future-founder' },
      uca,
      'the research stage',
    ],
    [
      { needs: ['incubation'], at: 'Clermont', stage: 'creation', holderKind: 'future-founder' },
      'cci-puy-de-dome',
      'other young companies',
    ],
    [
      { needs: ['business-transfer'], at: 'SaintÉloy', stage: 'transfer', sector: 'garage' },
      'cci-puy-de-dome',
      'outside the perimeter but in the Puy-de-Dôme',
    ],
    [
      { needs: ['retail-planning'], at: 'Montbrison', stage: 'growth', sector: 'collectivité' },
      'cci-loire',
      'shops are never for a Territoire d’industrie',
    ],
  ];
  test.each(table)('%j: %s, %s', (facts, desk) => {
    const decision = decide(given(facts));
    expect([decision.outcome, decision.main]).toEqual(['routed', desk]);
    expect(decision.reasons[0]).toMatch(/^[A-ZÀÉÊ].*\.$/);
  });
});

describe('when no partner is chosen', () => {
  const table: [Given, string, string[]][] = [
    [{ needs: ['industrial-land'], stage: 'settlement' }, 'triage', []],
    [{ at: 'Thiers', sector: 'coutellerie', stage: 'growth' }, 'triage', []],
    [{ needs: ['advice'], at: 'Thiers', stage: 'idea' }, 'triage', []],
    [{ at: 'Paris' }, 'triage', []],
    [{ needs: ['business-creation'], at: 'Montluçon', stage: 'creation' }, 'out_of_territory', ['cci-allier']],
    [{ needs: ['water'], at: 'LePuy', stage: 'growth' }, 'out_of_territory', ['cci-haute-loire']],
    [{ needs: ['energy'], at: 'SaintÉtienne' }, 'out_of_territory', ['cci-loire']],
    [{ needs: ['energy'], at: 'Aurillac' }, 'out_of_territory', ['aura-entreprises']],
    [{ needs: ['funding'], at: 'Lyon' }, 'out_of_territory', ['aura-entreprises']],
    [{ needs: ['funding'], at: 'Paris' }, 'out_of_territory', []],
    [{ needs: ['technology-transfer'], at: 'Paris', stage: 'research' }, 'out_of_territory', []],
    [{ needs: ['incubation'], at: 'Lyon', stage: 'research' }, 'out_of_territory', ['aura-entreprises']],
  ];
  test.each(table)('%j: %s %j', (facts, outcome, associated) => {
    const decision = decide(given(facts));
    expect([decision.outcome, decision.main, decision.associated]).toEqual([outcome, null, associated]);
    expect(decision.reasons.length).toBeGreaterThan(0);
  });

  test('free text is read only when no need is chosen', () => {
    const advert = { title: 'SEO services', summary: 'Backlinks pour votre site', commune: COMMUNES.Thiers };
    expect(decide(advert).outcome).toBe('rejected');
    expect(decide({ ...advert, needs: ['advice'] }).outcome).toBe('triage');
    expect(decide({ ...advert, needs: ['business-creation'], stage: 'creation' }).outcome).toBe('routed');
  });
});

describe('confidence', () => {
  const confidence = (facts: Partial<RoutingFacts>) => decide({ commune: COMMUNES.Thiers, ...facts }).confidence;

  test('is full when everything is known and agrees', () => {
    expect(confidence({ needs: ['energy'], stage: 'industrialisation', sector: 'forge' })).toBe(1);
  });

  test('falls with what is not known, and says it', () => {
    const known = confidence({ needs: ['water'], stage: 'growth', sector: 'forge' });
    const unknown = decide({ needs: ['water'], stage: 'growth', sector: 'divers', commune: COMMUNES.Thiers });
    expect(unknown.main).toBe('ti-tiltam');
    expect(unknown.confidence).toBeLessThan(known);
    expect(unknown.reasons.join(' ')).toMatch(/réponse manque/);
    expect(confidence({ needs: ['energy'] })).toBeLessThan(
      confidence({ needs: ['energy'], stage: 'growth', sector: 'forge' }),
    );
  });

  test('falls when the partner is made for another stage, without excluding it', () => {
    expect(decide({ needs: ['energy'], stage: 'idea', sector: 'forge', commune: COMMUNES.Thiers }).main).toBe(
      'ti-tiltam',
    );
    expect(confidence({ needs: ['energy'], stage: 'idea', sector: 'forge' })).toBe(0.85);
  });

  test('under the threshold, a person decides', () => {
    const strict = { ...DEFAULT_RULESET, settings: { ...DEFAULT_RULESET.settings, triageBelow: 0.9 } };
    const decision = decide({ needs: ['energy'], stage: 'idea', sector: 'forge', commune: COMMUNES.Thiers }, strict);
    expect([decision.outcome, decision.main, decision.associated]).toEqual(['triage', null, []]);
    expect(decision.others[0]).toMatchObject({ partner: 'ti-tiltam', points: 13 });
  });
});

describe('low confidence', () => {
  test('too many doubts: a person decides, and reads what is missing', () => {
    const decision = decide({ needs: ['incubation'], commune: COMMUNES.Vichy });
    expect([decision.outcome, decision.main, decision.confidence]).toEqual(['triage', null, 0.55]);
    expect(decision.reasons[0]).toMatch(/^Il nous manque des réponses/);
    expect(decision.reasons.join(' ')).toMatch(/Nous ne savons pas où en est le projet/);
  });

  test('one answer more is enough', () => {
    expect(decide({ needs: ['incubation'], stage: 'creation', commune: COMMUNES.Vichy }).main).toBe('cci-allier');
  });
});

describe('ties', () => {
  const rule = (id: string, partner: string) => ({
    id,
    label: id,
    when: { op: 'isKnown' as const, fact: 'mainNeed' as const },
    to: { partner },
    role: 'main' as const,
    weight: 10,
    sentence: 'Test.',
  });
  const tied = (...rules: ReturnType<typeof rule>[]) => ({ ...DEFAULT_RULESET, gates: [], rules });

  test('the partner that declares the need wins', () => {
    const ruleset = tied(rule('a', 'cci-puy-de-dome'), rule('b', 'ti-tiltam'));
    const decision = decide({ needs: ['energy'], stage: 'growth', sector: 'forge', commune: COMMUNES.Thiers }, ruleset);
    expect(decision.tieBreak).toMatch(/^À égalité.*Retenu.*TILTAM|Lezoux/);
    expect(decision.main).toBe('ti-tiltam');
  });

  test('when nothing tells them apart, a person chooses', () => {
    const ruleset = tied(rule('a', 'cci-puy-de-dome'), rule('b', 'ti-tiltam'));
    const decision = decide({ needs: ['water'], stage: 'growth', commune: COMMUNES.Thiers }, ruleset);
    expect([decision.outcome, decision.main]).toEqual(['triage', null]);
    expect(decision.tieBreak).toMatch(/Une personne choisit/);
  });

  test('without any rule, a person decides', () => {
    expect(decide({ needs: ['water'], commune: COMMUNES.Thiers }, tied())).toMatchObject({
      outcome: 'triage',
      main: null,
    });
  });
});

describe('why not the others', () => {
  const why = (facts: Partial<RoutingFacts>) =>
    Object.fromEntries(decide(facts).others.map((one) => [one.partner, one.why.replaceAll('\u00a0', ' ')]));

  test('every other active desk has its sentence', () => {
    const whyNot = why({ needs: ['water'], stage: 'growth', sector: 'restauration', commune: COMMUNES.Thiers });
    expect(Object.keys(whyNot)).toHaveLength(8);
    expect(whyNot['cci-allier']).toBe('N’intervient pas à Thiers.');
    expect(whyNot['universite-clermont-auvergne']).toBe('Le besoin « gestion de l’eau » n’est pas dans ses missions.');
    expect(whyNot['ti-tiltam']).toBe(
      'A ce besoin dans ses missions, mais il manque une condition : le projet est industriel (vu : non).',
    );
  });

  test('what is missing has its no-break spaces, in the words of the condition too', () => {
    const [rule] = DEFAULT_RULESET.rules;
    const known = { op: 'isKnown' as const, fact: 'mainNeed' as const };
    const elsewhere = { op: 'equals' as const, fact: 'commune' as const, value: 'Bourg ; Ville' };
    const missing = { ...rule!, when: { op: 'all' as const, of: [known, elsewhere] }, to: { partner: 'ti-tiltam' } };
    const ruleset = { ...DEFAULT_RULESET, gates: [], rules: [{ ...missing, role: 'main' as const }] };
    const { others } = decide({ needs: ['water'], stage: 'growth', commune: COMMUNES.Thiers }, ruleset);
    expect(others.find(({ partner }) => partner === 'ti-tiltam')?.why).toBe(
      'A ce besoin dans ses missions, mais il manque une condition\u00a0: la commune est «\u00a0Bourg\u00a0; Ville\u00a0» (vu\u00a0: Thiers).',
    );
  });

  test('names the rule that gave priority', () => {
    const whyNot = why({ needs: ['business-premises'], stage: 'growth', sector: 'forge', commune: COMMUNES.Thiers });
    expect(whyNot['ti-tiltam']).toMatch(/La règle « Ailleurs, locaux.* donne la priorité à la CCI/);
  });
});

test('without a commune, the sentence holds for a project abroad as for one whose place is not known', () => {
  const decision = decide({ needs: ['funding'], stage: 'growth', commune: null });
  expect(decision.outcome).toBe('triage');
  expect(decision.reasons[0]?.replaceAll('\u00a0', ' ')).toMatch(
    /^Nous n’avons pas de commune en France pour votre projet : /,
  );
});
