import { NEEDS, type Need } from '../territory/needs.js';
import type { Condition, Doubt, Gate, Rule, Ruleset } from './rule.js';

export type { Ruleset } from './rule.js';

/**
 * THE default ruleset: who receives a project, read from top to bottom like a page.
 * GATES settle the outcome before any partner is considered; the first that holds decides.
 * MAIN rules give points to the desks; the most points win. One row of the territory's table is worth 10; then 3 for a
 * desk that declares the main need, and 1 for one that takes it for want of better or declares another of the needs.
 * ASSOCIATED rules name who else may help, best first. DOUBTS lower the confidence; under 0.6 (three answers missing, or
 * contradicting the desk), a person decides.
 * Source: "Règle d'orientation" of the territory's data (a reading of the charter and of the 2022-2025 convention).
 */

const need = (...values: Need[]): Condition => ({ op: 'in', fact: 'mainNeed', values });
const otherNeeds = (...values: Need[]): Condition => ({ op: 'contains', fact: 'otherNeeds', values });
const all = (...of: Condition[]): Condition => ({ op: 'all', of });
const any = (...of: Condition[]): Condition => ({ op: 'any', of });
const not = (of: Condition): Condition => ({ op: 'not', of });
const presumed = (of: Condition): Condition => ({ op: 'presumed', of });
const within = (...places: string[]): Condition => ({ op: 'inTerritory', places });
const stage = (...values: string[]): Condition => ({ op: 'in', fact: 'stage', values });
const holder = (...values: string[]): Condition => ({ op: 'in', fact: 'holderKind', values });
const mainIs = (value: string): Condition => ({ op: 'equals', fact: 'mainKind', value });

const INDUSTRIAL: Condition = { op: 'equals', fact: 'industrial', value: true };
const OUTSIDE: Condition = { op: 'equals', fact: 'outcome', value: 'out_of_territory' };
const ROUTED: Condition = { op: 'equals', fact: 'outcome', value: 'routed' };
const METROPOLE = within('metropole');
const TERRITOIRE_INDUSTRIE = within('territoire-industrie');
/** The perimeter, and the whole Puy-de-Dôme, which its CCI serves entirely. */
const SERVED = within('perimeter', '63');
/** Where the university has its houses of innovation. */
const AUVERGNE = within('perimeter', '63', '03', '43', '15');

const PREMISES: Need[] = ['start-up-premises', 'business-premises', 'mobility', 'social-economy'];
const COMMERCE: Need[] = ['retail-planning', 'town-centres', 'business-transfer', 'export', 'funding'];
const WELCOME: Need[] = ['crafts', 'promotion', 'advice'];
const INDUSTRY: Need[] = [
  'industrial-land',
  'brownfields',
  'industry-of-the-future',
  'energy',
  'inward-investment',
  'cooperation',
  'acceptability',
];

/** Needs that have relays of their own, useful even when another need comes first. */
const SPECIALISTS: Need[] = ['energy', 'water', 'mobility', 'brownfields', 'export'];

const ACADEMIC = any(holder('student', 'researcher'), otherNeeds('research', 'student-entrepreneurship'));
/** At the research stage, and nobody said that it is not public research. */
const RESEARCH_STAGE = all(stage('research'), presumed(holder('student', 'researcher')), AUVERGNE);
const PUBLIC_TRANSFER = all(need('technology-transfer'), any(ACADEMIC, RESEARCH_STAGE));
const ACADEMIC_INCUBATION = all(need('incubation'), any(ACADEMIC, all(stage('research'), AUVERGNE)));
const STUDENT_CREATION = all(need('business-creation'), holder('student'), AUVERGNE);
const UNIVERSITY_NEED = any(
  need('research', 'student-entrepreneurship'),
  PUBLIC_TRANSFER,
  ACADEMIC_INCUBATION,
  STUDENT_CREATION,
);

const NO_NEED = not({ op: 'isKnown', fact: 'mainNeed' });
const NO_PRECISE_NEED: Condition = { op: 'equals', fact: 'preciseNeed', value: false };
const OUT_OF_TERRITORY = all({ op: 'isKnown', fact: 'mainNeed' }, not(SERVED), presumed(not(UNIVERSITY_NEED)));

const GATES: Gate[] = [
  {
    id: 'demarchage',
    label: 'Publicité ou démarchage',
    when: all(NO_NEED, { op: 'equals', fact: 'looksLikeSolicitation', value: true }),
    outcome: 'rejected',
    sentence: 'Votre message ressemble à une offre commerciale, et ce service reçoit des projets.',
  },
  {
    id: 'recherche-emploi',
    label: 'Recherche d’emploi',
    when: all(NO_NEED, { op: 'equals', fact: 'looksLikeJobSearch', value: true }),
    outcome: 'rejected',
    sentence:
      'Votre message ressemble à une recherche d’emploi, et ce service reçoit des projets. France Travail vous aidera mieux que nous.',
  },
  {
    id: 'hors-perimetre-cci-voisine',
    label: 'Hors du territoire, dans un département voisin',
    when: all(OUT_OF_TERRITORY, within('03', '42', '43')),
    outcome: 'out_of_territory',
    sentence:
      '{commune} n’est pas dans le territoire de ce service. La CCI de votre département peut vous accompagner.',
  },
  {
    id: 'hors-perimetre-region',
    label: 'Hors du territoire, dans la région',
    when: all(OUT_OF_TERRITORY, within('01', '07', '15', '26', '38', '69', '73', '74')),
    outcome: 'out_of_territory',
    sentence:
      '{commune} n’est pas dans le territoire de ce service. L’agence régionale et la CCI de votre département peuvent vous accompagner.',
  },
  {
    id: 'hors-perimetre',
    label: 'Hors du territoire et de la région',
    when: OUT_OF_TERRITORY,
    outcome: 'out_of_territory',
    sentence:
      '{commune} n’est pas dans le territoire de ce service. La CCI de votre département peut vous accompagner.',
  },
  {
    id: 'besoin-a-preciser',
    label: 'Aucun besoin choisi',
    when: not({ op: 'isKnown', fact: 'mainNeed' }),
    outcome: 'triage',
    sentence:
      'Vous n’avez pas encore choisi de besoin : une personne va lire votre projet et trouver qui peut vous aider.',
  },
  {
    id: 'conseil-sans-precision',
    label: 'Du conseil, sans rien de plus',
    when: all(
      NO_PRECISE_NEED,
      not({ op: 'isKnown', fact: 'sectorClass' }),
      any(stage('idea'), not({ op: 'isKnown', fact: 'stage' })),
    ),
    outcome: 'triage',
    sentence: 'Vous cherchez un premier conseil : une personne va lire votre projet et trouver qui peut vous aider.',
  },
  {
    id: 'commune-a-demander',
    label: 'Pas de commune en France',
    when: all(not({ op: 'isKnown', fact: 'commune' }), presumed(not(UNIVERSITY_NEED))),
    outcome: 'triage',
    sentence:
      'Nous n’avons pas de commune en France pour votre projet : une personne va le lire et trouver qui peut vous aider.',
  },
];

const main = (row: Omit<Rule, 'role' | 'weight'>): Rule => ({ ...row, role: 'main', weight: 10 });

const MAIN: Rule[] = [
  main({
    id: 'recherche-universite',
    label: 'La recherche va à l’université, où que soit le projet',
    when: need('research'),
    to: { family: 'university', anywhere: true },
    sentence: 'Votre projet a besoin de recherche : {partner} vous ouvre ses laboratoires, où que vous soyez.',
  }),
  main({
    id: 'etudiants-universite',
    label: 'L’entrepreneuriat étudiant va à l’université',
    when: any(need('student-entrepreneurship'), STUDENT_CREATION),
    to: { family: 'university', anywhere: true },
    sentence: 'Vous entreprenez pendant vos études : {partner} accompagne ces projets.',
  }),
  main({
    id: 'transfert-universite',
    label: 'Une technologie née de la recherche publique va à l’université',
    when: PUBLIC_TRANSFER,
    to: { family: 'university', anywhere: true },
    sentence: 'Votre technologie vient de la recherche : {partner} vous aide à la protéger et à la transmettre.',
  }),
  main({
    id: 'incubation-universite',
    label: 'L’incubation née des études ou de la recherche va à l’université',
    when: ACADEMIC_INCUBATION,
    to: { family: 'university', anywhere: true },
    sentence: 'Votre jeune pousse naît de la recherche ou des études : {partner} accompagne ces projets.',
  }),
  main({
    id: 'transfert-cci',
    label: 'La propriété intellectuelle sans recherche publique va à la CCI',
    when: all(need('technology-transfer'), presumed(not(PUBLIC_TRANSFER)), SERVED),
    to: { family: 'cci' },
    sentence:
      'Vous voulez protéger une invention ou une marque {place} : {partner} vous reçoit, avec l’appui de l’INPI.',
  }),
  main({
    id: 'incubation-cci',
    label: 'Les autres incubations vont à la CCI',
    when: all(need('incubation'), presumed(not(ACADEMIC_INCUBATION)), SERVED),
    to: { family: 'cci' },
    sentence: 'Vous lancez une jeune pousse {place} : {partner} vous reçoit et vous présente les incubateurs.',
  }),
  main({
    id: 'locaux-metropole',
    label: 'Locaux, mobilités et économie sociale vont à la Métropole, dans ses communes',
    when: all(need(...PREMISES), METROPOLE),
    to: { family: 'metropole' },
    sentence: 'Votre besoin est {need} et votre projet est {place} : {partner} s’en occupe dans ses communes.',
  }),
  main({
    id: 'locaux-cci',
    label: 'Ailleurs, locaux, mobilités et économie sociale vont à la CCI',
    when: all(need(...PREMISES), not(METROPOLE), SERVED),
    to: { family: 'cci' },
    sentence: 'Votre besoin est {need} et votre projet est {place} : {partner} s’en occupe dans votre département.',
  }),
  main({
    id: 'creation-cci',
    label: 'La création d’entreprise va à la CCI, sauf pour les étudiants',
    when: all(need('business-creation'), presumed(not(STUDENT_CREATION)), SERVED),
    to: { family: 'cci' },
    sentence: 'Vous créez une entreprise {place} : {partner} accompagne les créateurs de votre département.',
  }),
  main({
    id: 'commerce-cci',
    label: 'Commerce, centre-ville, reprise, export et financement vont à la CCI',
    when: all(need(...COMMERCE), SERVED),
    to: { family: 'cci' },
    sentence: 'Votre besoin est {need} : {partner} accompagne les entreprises de votre département sur ce sujet.',
  }),
  main({
    id: 'accueil-cci',
    label: 'Artisanat, dynamisme entrepreneurial, accueil et conseil vont à la CCI',
    when: all(need(...WELCOME), SERVED),
    to: { family: 'cci' },
    sentence: 'Votre besoin est {need} : {partner} reçoit les porteurs de projet de votre département.',
  }),
  main({
    id: 'industrie-metropole',
    label: 'Les besoins de l’industrie vont à la Métropole, dans ses communes',
    when: all(need(...INDUSTRY), METROPOLE),
    to: { family: 'metropole' },
    sentence:
      'Votre besoin est {need} et votre projet est {place} : {partner} accueille l’industrie dans ses communes.',
  }),
  main({
    id: 'industrie-territoire',
    label: 'Les besoins de l’industrie vont au Territoire d’industrie de la commune',
    when: all(need(...INDUSTRY), TERRITOIRE_INDUSTRIE),
    to: { family: 'territoire-industrie' },
    sentence:
      'Votre besoin est {need} et votre projet est {place} : {partner} a été créé pour accompagner ces projets.',
  }),
  main({
    id: 'industrie-cci',
    label: 'Ailleurs, les besoins de l’industrie vont à la CCI',
    when: all(need(...INDUSTRY), not(METROPOLE), not(TERRITOIRE_INDUSTRIE), SERVED),
    to: { family: 'cci' },
    sentence: 'Votre besoin est {need} : {place}, {partner} accompagne les industriels.',
  }),
  main({
    id: 'eau-metropole',
    label: 'L’eau va à la Métropole, dans ses communes',
    when: all(need('water'), METROPOLE),
    to: { family: 'metropole' },
    sentence: 'Votre besoin est {need} et votre projet est {place} : {partner} est chargée de l’eau dans ses communes.',
  }),
  main({
    id: 'eau-territoire',
    label: 'L’eau d’un industriel va au Territoire d’industrie',
    when: all(need('water'), TERRITOIRE_INDUSTRIE, presumed(INDUSTRIAL)),
    to: { family: 'territoire-industrie' },
    sentence:
      'Vous voulez mieux utiliser l’eau de votre production {place} : {partner} aide les industriels à le faire.',
  }),
  main({
    id: 'eau-cci',
    label: 'Dans les autres cas, l’eau va à la CCI',
    when: all(need('water'), not(METROPOLE), SERVED, any(not(TERRITOIRE_INDUSTRIE), not(INDUSTRIAL))),
    to: { family: 'cci' },
    sentence: 'Votre besoin est {need} et votre projet est {place} : {partner} s’en occupe dans votre département.',
  }),
  main({
    id: 'competences-territoire',
    label: 'Les compétences d’un industriel vont au Territoire d’industrie',
    when: all(need('skills'), TERRITOIRE_INDUSTRIE, presumed(INDUSTRIAL)),
    to: { family: 'territoire-industrie' },
    sentence: 'Vous cherchez à former ou à recruter {place} : {partner} réunit les industriels sur ce sujet.',
  }),
  main({
    id: 'competences-cci',
    label: 'Dans les autres cas, formation et compétences vont à la CCI',
    when: all(need('skills'), SERVED, any(not(TERRITOIRE_INDUSTRIE), not(INDUSTRIAL))),
    to: { family: 'cci' },
    sentence: 'Vous cherchez à former ou à recruter {place} : {partner} s’en occupe dans votre département.',
  }),
  {
    id: 'mission-declaree',
    label: 'Le besoin principal est dans les missions du guichet',
    when: { op: 'isKnown', fact: 'mainNeed' },
    to: { desksFor: 'mainNeed', declared: 'direct' },
    role: 'main',
    weight: 3,
    sentence: 'Ce besoin fait partie de ses missions.',
  },
  {
    id: 'a-defaut',
    label: 'Le guichet traite le besoin principal à défaut d’un autre',
    when: { op: 'isKnown', fact: 'mainNeed' },
    to: { desksFor: 'mainNeed', declared: 'fallback' },
    role: 'main',
    weight: 1,
    sentence: 'Aucun guichet plus direct ne couvre votre commune pour ce besoin.',
  },
  {
    id: 'autres-besoins',
    label: 'Un autre de vos besoins est dans les missions du guichet',
    when: { op: 'isKnown', fact: 'mainNeed' },
    to: { desksFor: 'otherNeeds', declared: 'direct' },
    role: 'main',
    weight: 1,
    sentence: 'Ses missions couvrent aussi un autre de vos besoins.',
  },
];

const beside = (row: Omit<Rule, 'role'>): Rule => ({ ...row, role: 'associated', when: all(row.when, ROUTED) });
const named = (id: string, partner: string, label: string, when: Condition, weight: number, sentence: string): Rule =>
  beside({ id, label, when, to: { partner }, weight, sentence });

const ASSOCIATED: Rule[] = [
  {
    id: 'hors-perimetre-cci',
    label: 'Hors du territoire, la CCI de l’annuaire',
    when: OUTSIDE,
    to: { family: 'cci' },
    role: 'associated',
    weight: 5,
    sentence: 'Votre interlocuteur est {partner}.',
  },
  {
    id: 'hors-perimetre-agence',
    label: 'Hors du territoire, l’agence régionale si aucune CCI n’est dans l’annuaire',
    when: all(OUTSIDE, not(within('03', '42', '43'))),
    to: { partner: 'aura-entreprises' },
    role: 'associated',
    weight: 4,
    sentence: '{partner} peut vous renseigner partout dans la région.',
  },
  beside({
    id: 'cooperation-territoires',
    label: 'La coopération associe les trois Territoires d’industrie',
    when: all(need('cooperation'), mainIs('territoire-industrie')),
    to: { family: 'territoire-industrie', anywhere: true },
    weight: 7,
    sentence: '{partner} peut se joindre à une démarche commune.',
  }),
  named(
    'cooperation-pole',
    'pole-metropolitain',
    'La coopération associe le Pôle métropolitain',
    need('cooperation', 'acceptability'),
    6,
    '{partner} fait dialoguer les intercommunalités.',
  ),
  beside({
    id: 'cci-du-departement',
    label: 'La CCI du département accompagne le Territoire d’industrie et la Métropole',
    when: any(mainIs('territoire-industrie'), mainIs('metropole')),
    to: { family: 'cci' },
    weight: 6,
    sentence: '{partner} suit les entreprises de votre département.',
  }),
  beside({
    id: 'guichet-cosignataire',
    label: 'Un autre guichet de la commune a ce besoin dans ses missions',
    when: any(mainIs('cci'), mainIs('university')),
    to: { desksFor: 'mainNeed', declared: 'direct', families: ['metropole', 'territoire-industrie'] },
    weight: 5,
    sentence: '{partner} a aussi ce sujet dans ses missions.',
  }),
  beside({
    id: 'autre-besoin-recherche',
    label: 'Un autre besoin vise l’université',
    when: any(otherNeeds('research', 'student-entrepreneurship'), all(otherNeeds('technology-transfer'), ACADEMIC)),
    to: { family: 'university' },
    weight: 5,
    sentence: '{partner} peut répondre à votre besoin de recherche ou d’appui aux études.',
  }),
  beside({
    id: 'autre-besoin-industrie',
    label: 'Un autre besoin relève du Territoire d’industrie ou de la Métropole',
    when: all(otherNeeds(...INDUSTRY, 'water', 'skills'), any(mainIs('cci'), mainIs('university'))),
    to: { desksFor: 'otherNeeds', declared: 'direct', families: ['metropole', 'territoire-industrie'] },
    weight: 4,
    sentence: '{partner} peut répondre à un autre de vos besoins.',
  }),
  beside({
    id: 'autre-besoin-cci',
    label: 'Un autre besoin relève de la CCI',
    when: mainIs('university'),
    to: { desksFor: 'otherNeeds', declared: 'direct', families: ['cci'] },
    weight: 2,
    sentence: '{partner} peut répondre à un autre de vos besoins.',
  }),
  named(
    'clermont-arverne',
    'ti-clermont-arverne',
    'Clermont Arverne Industrie est une autre porte pour l’industrie',
    any(need(...INDUSTRY), all(need('water', 'skills'), INDUSTRIAL)),
    5,
    '{partner} accompagne aussi l’industrie dans votre commune.',
  ),
  beside({
    id: 'relais-specialistes',
    label: 'Les relais spécialisés dans le besoin principal',
    when: need(
      'energy',
      'water',
      'mobility',
      'brownfields',
      'social-economy',
      'crafts',
      'export',
      'student-entrepreneurship',
    ),
    to: { relaysFor: 'mainNeed' },
    weight: 4,
    sentence: '{partner} connaît bien ce sujet.',
  }),
  named(
    'agence-de-vichy',
    'vichy-economie',
    'L’agence de développement de Vichy suit locaux, terrains et implantations',
    any(
      need('inward-investment', 'industrial-land', 'start-up-premises', 'business-premises'),
      otherNeeds('inward-investment', 'industrial-land', 'brownfields', 'start-up-premises', 'business-premises'),
    ),
    4,
    '{partner} cherche des locaux et des terrains dans l’agglomération.',
  ),
  named(
    'laboratoires-a-louer',
    'biopole-clermont-limagne',
    'Le Biopôle loue des laboratoires',
    all(
      any(need('start-up-premises', 'business-premises'), otherNeeds('start-up-premises', 'business-premises')),
      any(stage('research'), otherNeeds('research'), need('research')),
    ),
    5,
    '{partner} loue des laboratoires équipés.',
  ),
  named(
    'implantation-agence-regionale',
    'aura-entreprises',
    'L’agence régionale suit les implantations',
    any(need('inward-investment'), otherNeeds('inward-investment')),
    5,
    '{partner} accompagne les implantations dans la région.',
  ),
  named(
    'industrie-du-futur-cimes',
    'cimes',
    'Le pôle CIMES suit l’industrie du futur',
    any(need('industry-of-the-future'), all(need('research'), otherNeeds('industry-of-the-future'))),
    3,
    '{partner} réunit les entreprises et la recherche en mécanique.',
  ),
  named(
    'formation-uimm',
    'uimm-auvergne',
    'L’UIMM forme aux métiers de l’industrie',
    all(need('skills'), presumed(INDUSTRIAL)),
    3,
    '{partner} forme aux métiers de l’industrie.',
  ),
  named(
    'brevets-inpi',
    'inpi',
    'L’INPI reçoit marques, brevets et dessins',
    any(need('technology-transfer'), otherNeeds('technology-transfer')),
    4,
    '{partner} enregistre les marques, les brevets et les dessins.',
  ),
  named(
    'valorisation-universite',
    'clermont-auvergne-innovation',
    'La filiale de l’université valorise sa recherche',
    all(mainIs('university'), need('technology-transfer', 'incubation', 'research')),
    4,
    '{partner} aide à valoriser la recherche.',
  ),
  named(
    'etudiants-pepite',
    'pepite-auvergne',
    'PEPITE suit les étudiants qui entreprennent',
    any(
      otherNeeds('student-entrepreneurship'),
      all(holder('student'), need('business-creation', 'incubation', 'funding', 'advice')),
    ),
    5,
    '{partner} suit les étudiants qui entreprennent.',
  ),
  named(
    'incubateur-busi',
    'incubateur-busi',
    'L’incubateur BUSI reçoit les jeunes pousses',
    any(need('incubation'), otherNeeds('incubation')),
    4,
    '{partner} reçoit les jeunes pousses.',
  ),
  named(
    'incubateur-social',
    'cocoshaker',
    'CoCoShaker reçoit l’entrepreneuriat social',
    otherNeeds('social-economy'),
    4,
    '{partner} accompagne l’entrepreneuriat social.',
  ),
  named(
    'metiers-creation',
    'cma-auvergne-rhone-alpes',
    'La chambre de métiers suit les artisans',
    any(
      otherNeeds('crafts'),
      all(need('business-creation', 'business-transfer', 'funding', 'skills'), {
        op: 'equals',
        fact: 'craft',
        value: true,
      }),
    ),
    5,
    '{partner} accompagne les artisans.',
  ),
  named(
    'pret-d-honneur-metropole',
    'initiative-clermont-metropole',
    'Les prêts d’honneur aident à créer ou à reprendre dans la Métropole',
    any(
      all(any(need('funding'), otherNeeds('funding')), stage('idea', 'creation', 'transfer')),
      all(need('business-transfer'), otherNeeds('funding')),
    ),
    3,
    '{partner} accorde des prêts d’honneur.',
  ),
  named(
    'pret-d-honneur-reseau',
    'reseau-entreprendre-auvergne',
    'Le Réseau Entreprendre aide à créer ou à reprendre',
    all(any(need('funding'), otherNeeds('funding')), stage('creation', 'transfer')),
    2,
    '{partner} accompagne et prête aux créateurs et aux repreneurs.',
  ),
  named(
    'financement-bpifrance',
    'bpifrance',
    'Bpifrance finance le développement',
    any(need('funding'), all(otherNeeds('funding'), presumed(not(stage('idea', 'creation', 'transfer'))))),
    4,
    '{partner} finance le développement des entreprises.',
  ),
  named(
    'financement-agence-regionale',
    'aura-entreprises',
    'L’agence régionale connaît les aides au développement',
    all(need('funding'), stage('growth', 'research', 'industrialisation', 'settlement')),
    3,
    '{partner} connaît les aides de la Région.',
  ),
  ...SPECIALISTS.map((one) =>
    beside({
      id: `autre-besoin-${one}`,
      label: `Les relais spécialisés, quand un autre besoin est « ${NEEDS[one].label.replaceAll("'", '’')} »`,
      when: otherNeeds(one),
      to: { relaysFor: one },
      weight: 2,
      sentence: '{partner} peut répondre à un autre de vos besoins.',
    }),
  ),
];

const DOUBTS: Doubt[] = [
  {
    id: 'industriel-inconnu',
    label: 'Le caractère industriel n’est pas connu',
    when: all(
      need(...INDUSTRY),
      any(mainIs('territoire-industrie'), mainIs('metropole')),
      not({ op: 'isKnown', fact: 'industrial' }),
    ),
    penalty: 0.2,
    sentence: 'Nous ne savons pas si le projet est industriel : nous avons fait comme s’il l’était.',
  },
  {
    id: 'pas-industriel',
    label: 'Le projet ne paraît pas industriel',
    when: all(need(...INDUSTRY), mainIs('territoire-industrie'), not(INDUSTRIAL)),
    penalty: 0.2,
    sentence: 'Le projet ne paraît pas industriel, alors que ce partenaire suit surtout l’industrie.',
  },
  {
    id: 'avancement-different',
    label: 'Le partenaire est plutôt fait pour un autre stade d’avancement',
    when: { op: 'equals', fact: 'stageFits', value: false },
    penalty: 0.15,
    sentence: 'Ce partenaire accompagne plutôt des projets à un autre stade d’avancement.',
  },
  {
    id: 'avancement-inconnu',
    label: 'L’avancement n’est pas connu',
    when: not({ op: 'isKnown', fact: 'stageFits' }),
    penalty: 0.1,
    sentence: 'Nous ne savons pas où en est le projet.',
  },
  {
    id: 'a-defaut-d-autre',
    label: 'Le partenaire ne traite ce besoin qu’à défaut d’un autre',
    when: { op: 'in', fact: 'mainDeclaresNeed', values: ['fallback', 'none'] },
    penalty: 0.15,
    sentence: 'Ce besoin n’est pas au cœur des missions de ce partenaire.',
  },
  {
    id: 'deux-partenaires-proches',
    label: 'Un autre guichet est presque aussi indiqué',
    when: { op: 'atMost', fact: 'lead', value: 4 },
    penalty: 0.3,
    sentence: 'Un autre guichet est presque aussi indiqué que celui-ci.',
  },
  {
    id: 'commune-inconnue',
    label: 'Pas de commune en France',
    when: not({ op: 'isKnown', fact: 'commune' }),
    penalty: 0.1,
    sentence: 'Nous n’avons pas de commune en France pour le projet.',
  },
];

export const DEFAULT_RULESET: Ruleset = {
  version: '2026-11',
  gates: GATES,
  rules: [...MAIN, ...ASSOCIATED],
  doubts: DOUBTS,
  settings: { triageBelow: 0.6, tieMargin: 1, maxAssociated: 4, presumedPenalty: 0.2, stagePenalty: 1 },
};
