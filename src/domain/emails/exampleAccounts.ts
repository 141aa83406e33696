import { type EmailId, rowOf } from './catalogue.js';
import type { ReportNews } from './conditions.js';
import type { Digest } from './digest.js';
import type { AccountEmailFacts } from './emailFacts.js';
import { EXAMPLE_NOW, EXAMPLE_SITE as SITE } from './exampleRecords.js';

const ADVISOR_DIGEST: Digest = {
  figures: [
    { label: 'À prendre en charge', value: '2' },
    { label: 'En cours', value: '5' },
    { label: 'En retard', value: '1' },
  ],
  sections: [
    {
      title: 'À prendre en charge',
      lines: [
        {
          title: 'Un atelier de réparation de vélos',
          about: 'en retard, promis pour le jeudi 3 décembre',
          href: `${SITE}/dossiers/r1`,
        },
        {
          title: 'Une conserverie de légumes d’Auvergne',
          about: 'à appeler avant le mardi 8 décembre, 18 h',
          href: `${SITE}/dossiers/r2`,
        },
      ],
      more: 0,
    },
    {
      title: 'Sans nouvelles depuis vingt jours ouvrés',
      lines: [
        {
          title: 'Chauffer une serre avec la chaleur d’un atelier voisin',
          about: 'pris en charge le lundi 2 novembre',
          href: `${SITE}/dossiers/r3`,
        },
      ],
      more: 2,
    },
  ],
};

const WEEK: Digest = {
  figures: [
    { label: 'Projets arrivés cette semaine', value: '12' },
    { label: 'Pris en charge dans le délai promis', value: '9' },
    { label: 'Projets à orienter', value: '1' },
  ],
  sections: [
    {
      title: 'À orienter',
      lines: [
        {
          title: 'Un atelier de réparation de vélos',
          about: 'attend depuis le lundi 30 novembre',
          href: `${SITE}/pilotage/projets/p1`,
        },
      ],
      more: 0,
    },
  ],
};

const DIGESTS: Partial<Record<EmailId, Digest>> = { 'advisor-digest': ADVISOR_DIGEST, 'manager-weekly': WEEK };

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
export const exampleAccountFacts = (email: EmailId): Omit<AccountEmailFacts, 'link'> | null => {
  const isAboutAccount = rowOf(email).audience === 'account' || email === 'lead-colleague-refused';
  if (!isAboutAccount) return null;
  const account = {
    id: 'a1',
    name: 'Dominique A.',
    email: 'dominique@example.org',
    role: 'advisor',
    partner: 'cci-puy-de-dome',
  } as const;
  const mailRefused = email === 'lead-colleague-refused';
  return {
    about: 'account',
    account,
    mailRefused,
    digest: DIGESTS[email] ?? null,
    report: REPORTS[email] ?? null,
    language: 'fr',
    now: EXAMPLE_NOW,
  };
};
