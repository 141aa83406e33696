/**
 * The 26 needs that a project may have, the territory's common vocabulary: partners declare them, holders choose among
 * them, rules read them, statistics count them. `label` is the partners' wording (partners.json of a territory), `en` the same
 * in English; the holder's own words are in questionnaire/steps/besoins.ts. `axis`: axis of the 2022-2025 convention between the CCI
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
  'business-creation': { label: "création d'entreprise", en: 'starting a business', axis: 'entrepreneurship' },
  'business-transfer': {
    label: "reprise et transmission d'entreprise",
    en: 'taking over or handing over a business',
    axis: 'entrepreneurship',
  },
  'student-entrepreneurship': {
    label: 'entrepreneuriat étudiant',
    en: 'student entrepreneurship',
    axis: 'entrepreneurship',
  },
  incubation: { label: 'incubation de start-up', en: 'start-up incubation', axis: 'entrepreneurship' },
  funding: { label: 'financement de projet', en: 'project funding', axis: 'entrepreneurship' },
  promotion: {
    label: 'promotion du dynamisme entrepreneurial',
    en: 'promoting entrepreneurship',
    axis: 'entrepreneurship',
  },
  advice: {
    label: 'accueil, orientation et conseil des porteurs de projet',
    en: 'welcome, guidance and advice for project holders',
    axis: 'entrepreneurship',
  },
  crafts: { label: 'artisanat', en: 'craft trades', axis: null },
  'social-economy': { label: 'économie sociale et solidaire', en: 'social economy', axis: null },
  export: { label: 'développement international', en: 'growing abroad', axis: null },
  'retail-planning': { label: 'aménagement commercial', en: 'retail planning', axis: 'commerce' },
  'town-centres': { label: 'revitalisation des centres-villes', en: 'town centre revival', axis: 'commerce' },
  'start-up-premises': {
    label: "pépinières et hôtels d'entreprises",
    en: 'business incubator premises',
    axis: 'premises',
  },
  'business-premises': {
    label: 'locaux et terrains professionnels',
    en: 'business premises and land',
    axis: 'premises',
  },
  'industrial-land': { label: 'foncier industriel', en: 'industrial land', axis: 'industry' },
  brownfields: { label: 'recyclage de friches', en: 'reuse of brownfield sites', axis: 'industry' },
  'inward-investment': {
    label: "accueil et implantation d'entreprises",
    en: 'setting up a company here',
    axis: 'industry',
  },
  'industry-of-the-future': { label: 'industrie du futur', en: 'industry of the future', axis: 'industry' },
  energy: { label: 'sobriété et efficacité énergétique', en: 'energy saving and efficiency', axis: 'industry' },
  acceptability: {
    label: 'acceptabilité des projets industriels',
    en: 'local acceptance of industrial projects',
    axis: 'industry',
  },
  cooperation: {
    label: 'coopération et stratégie industrielle territoriale',
    en: 'cooperation and regional industrial strategy',
    axis: 'cooperation',
  },
  mobility: { label: 'mobilités durables', en: 'sustainable mobility', axis: 'mobility' },
  water: { label: "gestion de l'eau", en: 'water management', axis: 'water' },
  skills: { label: 'formation et compétences', en: 'training and skills', axis: 'skills' },
  research: { label: 'innovation et recherche partenariale', en: 'innovation and joint research', axis: null },
  'technology-transfer': {
    label: 'transfert de technologie et propriété intellectuelle',
    en: 'technology transfer and intellectual property',
    axis: null,
  },
} as const satisfies Record<string, { label: string; en: string; axis: Axis | null }>;

export type Need = keyof typeof NEEDS;
export const NEED_IDS = Object.keys(NEEDS) as Need[];

const BY_LABEL = new Map<string, Need>(NEED_IDS.map((id) => [NEEDS[id].label, id]));

/** The need whose label this is, or undefined. Takes the labels of partners.json and cases.json. */
export const needOfLabel = (label: string): Need | undefined => BY_LABEL.get(label);
