import type { Territory } from '../territory/territory.js';
import { type EmailId, rowOf } from './catalogue.js';
import type { ReportNews } from './conditions.js';
import type { Digest, DigestLine } from './digest.js';
import { dueLine, quietLine, sectionOf, titleOf } from './digestLines.js';
import type { AccountEmailFacts } from './emailFacts.js';
import { EXAMPLE_NOW, EXAMPLE_SITE as SITE } from './exampleRecords.js';

const day = (date: string): Date => new Date(`${date}T17:00:00Z`);
const digestsOf = ({ words, partner }: Territory): Partial<Record<EmailId, Digest>> => {
  const { desk, projectTitle } = words.examples;
  const PROJECTS = {
    bicycles: { reference: '26-K7QF3', title: 'Un atelier de réparation de vélos' },
    cannery: { reference: '26-M4TX8', title: projectTitle },
    heat: { reference: '26-R9WC2', title: 'Chauffer une serre avec la chaleur d’un atelier voisin' },
  };
  const line = (project: keyof typeof PROJECTS, about: string, page = 'dossiers'): DigestLine => ({
    title: titleOf(PROJECTS[project]),
    about,
    href: `${SITE}/${page}/${project}`,
  });
  const advisor: Digest = {
    figures: [],
    sections: [
      ...sectionOf('À prendre', [
        line('bicycles', dueLine({ callBy: day('2026-11-27') }, EXAMPLE_NOW)),
        line('cannery', `${dueLine({ callBy: day('2026-12-03') }, EXAMPLE_NOW)}, confié à personne`),
      ]),
      ...sectionOf('En cours, sans nouvelles', [line('heat', quietLine(day('2026-11-02'), EXAMPLE_NOW))], 3),
    ],
  };
  const week: Digest = {
    figures: [
      { label: 'Projets reçus la semaine dernière', value: '12' },
      { label: 'À orienter', value: '1' },
      { label: 'En retard chez un partenaire', value: '2' },
    ],
    sections: [
      ...sectionOf('À orienter', [line('cannery', 'à orienter depuis hier', 'pilotage/projets')]),
      ...sectionOf('En retard chez un partenaire', [
        {
          title: partner(desk)?.name ?? desk,
          about: `2 projets, dont un ${dueLine({ callBy: day('2026-11-27') }, EXAMPLE_NOW)}`,
          href: `${SITE}/pilotage/projets/bicycles`,
        },
      ]),
    ],
  };
  return { 'advisor-digest': advisor, 'manager-weekly': week };
};

const DRAFT: ReportNews = { id: '2026-T3', period: '3e trimestre 2026', issued: null, lines: [], hasFile: false };
const REPORTS: Partial<Record<EmailId, ReportNews>> = {
  'manager-report-ready': DRAFT,
  'report-issued': {
    ...DRAFT,
    issued: { by: 'Sacha B.', at: EXAMPLE_NOW },
    lines: [
      'Plus de projets sont arrivés : 96, contre 71 au trimestre d’avant.',
      'La prise en charge est plus rapide : 5 h, contre 1 j 2 h au trimestre d’avant.',
    ],
    hasFile: true,
  },
};

/** Made-up facts of an e-mail about an account, without what its button opens; null for the others. */
export const exampleAccountFacts = (email: EmailId, territory: Territory): Omit<AccountEmailFacts, 'link'> | null => {
  const isAboutAccount = rowOf(email).audience === 'account' || email === 'lead-colleague-refused';
  if (!isAboutAccount) return null;
  const account = {
    id: 'a1',
    name: 'Dominique A.',
    email: 'dominique@example.org',
    role: 'advisor' as const,
    partner: territory.words.examples.desk,
  };
  const mailRefused = email === 'lead-colleague-refused';
  return {
    about: 'account',
    account,
    mailRefused,
    digest: digestsOf(territory)[email] ?? null,
    report: REPORTS[email] ?? null,
    language: 'fr',
    now: EXAMPLE_NOW,
  };
};
