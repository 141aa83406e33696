/**
 * The 26 needs that a project may have, the territory's common vocabulary: partners declare them, holders choose among
 * them, rules read them, statistics count them. `label` is the partners' wording (data/territory/partners.json);
 * the holder's own words are in questionnaire/steps/besoins.ts. `axis`: axis of the 2022-2025 convention between the CCI
 * and the Métropole, or commitment of the charter of the Pôle métropolitain, that the need belongs to; null when neither.
 */
export const AXES = {
  premises: 'Locaux et terrains',
  commerce: 'Commerce et centres-villes',
  entrepreneurship: 'Entrepreneuriat',
  mobility: 'Mobilités',
  water: 'Eau',
  cooperation: 'Coopération entre territoires',
  industry: 'Accueil des projets industriels',
  skills: 'Compétences',
} as const;
export type Axis = keyof typeof AXES;

export const NEEDS = {
  'business-creation': { label: "création d'entreprise", axis: 'entrepreneurship' },
  'business-transfer': { label: "reprise et transmission d'entreprise", axis: 'entrepreneurship' },
  'student-entrepreneurship': { label: 'entrepreneuriat étudiant', axis: 'entrepreneurship' },
  incubation: { label: 'incubation de start-up', axis: 'entrepreneurship' },
  funding: { label: 'financement de projet', axis: 'entrepreneurship' },
  promotion: { label: 'promotion du dynamisme entrepreneurial', axis: 'entrepreneurship' },
  advice: { label: 'accueil, orientation et conseil des porteurs de projet', axis: 'entrepreneurship' },
  crafts: { label: 'artisanat', axis: null },
  'social-economy': { label: 'économie sociale et solidaire', axis: null },
  export: { label: 'développement international', axis: null },
  'retail-planning': { label: 'aménagement commercial', axis: 'commerce' },
  'town-centres': { label: 'revitalisation des centres-villes', axis: 'commerce' },
  'start-up-premises': { label: "pépinières et hôtels d'entreprises", axis: 'premises' },
  'business-premises': { label: 'locaux et terrains professionnels', axis: 'premises' },
  'industrial-land': { label: 'foncier industriel', axis: 'industry' },
  brownfields: { label: 'recyclage de friches', axis: 'industry' },
  'inward-investment': { label: "accueil et implantation d'entreprises", axis: 'industry' },
  'industry-of-the-future': { label: 'industrie du futur', axis: 'industry' },
  energy: { label: 'sobriété et efficacité énergétique', axis: 'industry' },
  acceptability: { label: 'acceptabilité des projets industriels', axis: 'industry' },
  cooperation: { label: 'coopération et stratégie industrielle territoriale', axis: 'cooperation' },
  mobility: { label: 'mobilités durables', axis: 'mobility' },
  water: { label: "gestion de l'eau", axis: 'water' },
  skills: { label: 'formation et compétences', axis: 'skills' },
  research: { label: 'innovation et recherche partenariale', axis: null },
  'technology-transfer': { label: 'transfert de technologie et propriété intellectuelle', axis: null },
} as const satisfies Record<string, { label: string; axis: Axis | null }>;

export type Need = keyof typeof NEEDS;
export const NEED_IDS = Object.keys(NEEDS) as Need[];

const BY_LABEL = new Map<string, Need>(NEED_IDS.map((id) => [NEEDS[id].label, id]));

/** The need whose label this is, or undefined. Takes the labels of partners.json and cases.json. */
export const needOfLabel = (label: string): Need | undefined => BY_LABEL.get(label);
