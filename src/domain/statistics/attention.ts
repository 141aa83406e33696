import { PROMISED_DAYS } from '../referrals/lifecycle.js';

/**
 * THE list of what a manager is told to act on: one row a kind of finding, with the sentence printed above its findings, its
 * thresholds as data, what to do, and how urgent one project of it is. A finding weighs as many projects as it concerns, times
 * that urgency; the heaviest comes first. Finders: attentionInMonths.ts (kept counts) and attentionInQueues.ts (what is open).
 */
export interface AttentionRow {
  title: string;
  sentence: string;
  /** What to do about it, as a verb on a link. */
  act: string;
  urgency: number;
}

/** Business days over which the pace of a partner is measured. */
export const PACE_DAYS = 20;
/** Full months that are looked at for needs, rules and EPCI, beside the current one. */
export const WATCHED_MONTHS = 3;

export const THRESHOLDS = {
  /** Projects on each side, and by how much the delay grew. */
  slower: { projects: 5, share: 0.25, hours: 2 },
  needs: { projects: 5, untaken: 0.3, declined: 0.4 },
  rules: { projects: 10, share: 0.2 },
  /** Open projects of a person, and how many times the middle of the team. */
  overloaded: { open: 8, times: 1.5 },
} as const;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const ATTENTION = {
  late: {
    title: 'Projets dont la date est passée',
    sentence: `Personne ne les a pris avant la date promise, la fin du ${PROMISED_DAYS}e jour ouvré.`,
    act: 'Écrire au partenaire',
    urgency: 6,
  },
  soonLate: {
    title: 'Projets qui vont dépasser leur date',
    sentence: `Prévision : les projets à prendre, dans l’ordre de leur date, au rythme du partenaire depuis ${PACE_DAYS} jours ouvrés, quand au moins un projet l’attendait. Le tour de ceux-ci vient après leur date.`,
    act: 'Écrire au partenaire',
    urgency: 4,
  },
  nobody: {
    title: 'Partenaires sans personne pour répondre',
    sentence: 'Un guichet qui reçoit des projets a au moins une personne qui conseille et une personne responsable.',
    act: 'Demander un compte',
    urgency: 8,
  },
  refused: {
    title: 'Adresses qui refusent nos e-mails',
    sentence:
      'Le serveur de la personne a refusé un message : elle ne sait rien de la suite, tant que l’adresse n’est pas corrigée.',
    act: 'Corriger et renvoyer',
    urgency: 3,
  },
  overloaded: {
    title: 'Personnes qui ont trop de projets',
    sentence: `Au moins ${THRESHOLDS.overloaded.open} projets ouverts, et plus d’une fois et demie le milieu de l’équipe.`,
    act: 'En parler avec le partenaire',
    urgency: 2,
  },
  needs: {
    title: 'Besoins que personne ne prend',
    sentence: `Projets arrivés dans les ${WATCHED_MONTHS} derniers mois entiers : au moins ${percent(THRESHOLDS.needs.untaken)} attendent encore un partenaire ou une prise en charge, ou au moins ${percent(THRESHOLDS.needs.declined)} ont été refusés (${THRESHOLDS.needs.projects} projets au moins).`,
    act: 'Voir ces projets',
    urgency: 2,
  },
  slower: {
    title: 'Partenaires qui ralentissent',
    sentence: `Délai médian de prise en charge du dernier mois entier, comparé aux ${WATCHED_MONTHS} mois d’avant : au moins ${percent(THRESHOLDS.slower.share)} de plus (${THRESHOLDS.slower.projects} projets pris au moins de chaque côté).`,
    act: 'Voir ses chiffres',
    urgency: 1,
  },
  rules: {
    title: 'Règles souvent contredites',
    sentence: `Au moins ${percent(THRESHOLDS.rules.share)} des projets qu’une règle a envoyés depuis ${WATCHED_MONTHS} mois entiers sont allés ailleurs, par le choix d’une personne ou d’un partenaire (${THRESHOLDS.rules.projects} projets au moins).`,
    act: 'Essayer un changement',
    urgency: 1,
  },
  silent: {
    title: 'Intercommunalités d’où rien ne vient',
    sentence: `Aucun projet depuis ${WATCHED_MONTHS} mois entiers.`,
    act: 'Préparer un lien d’entrée',
    urgency: 1,
  },
} as const satisfies Record<string, AttentionRow>;
export type AttentionId = keyof typeof ATTENTION;

/** A project that a finding names. */
export interface NamedProject {
  project: string;
  reference: string;
  title: string;
  /** Its date; null where none is at stake. */
  due: Date | null;
}

export interface Finding {
  kind: AttentionId;
  /** Id of the partner, need, rule, EPCI or account that it is about; '' for projects of any partner. */
  about: string;
  /** The figures that make it a finding. */
  numbers: Record<string, number>;
  /** The same in words. */
  why: string;
  /** Since when, in words. */
  since: string;
  weight: number;
  projects: NamedProject[];
}

/** A finding concerns so many projects. */
export const weigh = (kind: AttentionId, projects: number): number => ATTENTION[kind].urgency * projects;

/** Names at most so many projects of a finding: the page it leads to has the others. */
export const NAMED = 5;

/** "1 projet", "12 projets" */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${new Intl.NumberFormat('fr-FR').format(count)}\u00a0${count > 1 ? many : one}`;

export const shareOf = (share: number): string => `${Math.round(share * 100)}\u202f%`;

export interface AttentionSection extends AttentionRow {
  id: AttentionId;
  findings: Finding[];
}

/** Findings under their heading, heaviest first; headings in the order of their heaviest finding. */
export const sectionsOf = (findings: Finding[]): AttentionSection[] => {
  const sorted = findings.toSorted((a, b) => b.weight - a.weight || a.about.localeCompare(b.about));
  const kinds = [...new Set(sorted.map(({ kind }) => kind))];
  return kinds.map((id) => ({ id, ...ATTENTION[id], findings: sorted.filter(({ kind }) => kind === id) }));
};
