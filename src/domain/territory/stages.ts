/** Where a project stands, from the idea to the handing over of a company. */
export const STAGES = {
  idea: { label: 'Une idée', en: 'An idea', code: 'idee' },
  creation: { label: 'Création', en: 'Starting up', code: 'creation' },
  growth: { label: 'Développement', en: 'Growth', code: 'developpement' },
  research: { label: 'Recherche et développement', en: 'Research and development', code: 'recherche-developpement' },
  industrialisation: { label: 'Industrialisation', en: 'Moving to industrial scale', code: 'industrialisation' },
  settlement: { label: 'Implantation', en: 'Setting up on a site', code: 'implantation' },
  transfer: { label: 'Transmission ou reprise', en: 'Handing over or taking over', code: 'transmission-reprise' },
} as const;

export type Stage = keyof typeof STAGES;
export const STAGE_IDS = Object.keys(STAGES) as Stage[];

const BY_CODE = new Map<string, Stage>(STAGE_IDS.map((id) => [STAGES[id].code, id]));

/** The stage whose French code this is (codes of partners.json and cases.json), or undefined. */
export const stageOfCode = (code: string): Stage | undefined => BY_CODE.get(code);
