import type { Closures } from '../calendar/businessTime.js';
import { businessHoursInWords, dayInWords, dueInWords } from '../calendar/words.js';
import { countOf, type Finding, NAMED, type NamedProject, PACE_DAYS, THRESHOLDS, weigh } from './attention.js';
import { aboutToMiss, hoursToTakeOne, type Wait } from './forecast.js';
import { median } from './median.js';

/** A project that a partner has and nobody took. */
export interface WaitingProject {
  project: string;
  reference: string;
  title: string;
  callBy: Date;
}

/** What is open at a partner today. */
export interface PartnerQueue {
  partner: string;
  closures: Closures;
  /** Those to take, soonest date first: the first of them only, when there are very many. */
  line: WaitingProject[];
  /** To take, whose date is past. */
  late: number;
  /** Waiting and in hand. */
  open: number;
  /** Those taken in the last PACE_DAYS. */
  taken: Wait[];
  team: { account: string; role: 'advisor' | 'lead'; open: number; oldest: Date | null }[];
}

const named = (projects: WaitingProject[]): NamedProject[] =>
  projects.slice(0, NAMED).map(({ callBy, ...rest }) => ({ ...rest, due: callBy }));

export const lateProjects = ({ partner, line, late, open }: PartnerQueue, now: Date): Finding[] => {
  const past = line.filter(({ callBy }) => callBy < now);
  const [first] = past;
  if (!first || late === 0) return [];
  return [
    {
      kind: 'late',
      about: partner,
      numbers: { late, open },
      why: `${countOf(late, 'projet')} en retard, sur ${open} ouvert${open > 1 ? 's' : ''}. Le plus ancien est ${dueInWords(first.callBy, now)}.`,
      since: `Depuis ${dayInWords(first.callBy, now)}`,
      weight: weigh('late', late),
      projects: named(past),
    },
  ];
};

const paceInWords = (taken: number, hoursEach: number | null): string =>
  hoursEach === null
    ? `aucun pris en ${PACE_DAYS} jours ouvrés`
    : `${taken} pris en ${PACE_DAYS} jours ouvrés, un par tranche de ${businessHoursInWords(hoursEach)} d’attente`;

export const soonLateProjects = ({ partner, line, taken, closures }: PartnerQueue, now: Date): Finding[] => {
  const hoursEach = hoursToTakeOne(taken, closures);
  const projects = aboutToMiss(line, { hoursEach, now, closures });
  const [first] = projects;
  if (!first) return [];
  return [
    {
      kind: 'soonLate',
      about: partner,
      numbers: { projects: projects.length, line: line.length, taken: taken.length },
      why: `${projects.length} sur ${countOf(line.length, 'projet')} à prendre ; ${paceInWords(taken.length, hoursEach)}.`,
      since: `Le premier doit être pris ${dueInWords(first.callBy, now)}`,
      weight: weigh('soonLate', projects.length),
      projects: named(projects),
    },
  ];
};

export const partnersWithNobody = ({ partner, team, open }: PartnerQueue): Finding[] => {
  const count = (role: 'advisor' | 'lead'): number => team.filter((one) => one.role === role).length;
  const [advisors, leads] = [count('advisor'), count('lead')];
  if (advisors > 0 && leads > 0) return [];
  return [
    {
      kind: 'nobody',
      about: partner,
      numbers: { advisors, leads, open },
      why: `${countOf(advisors, 'personne')} pour conseiller, ${countOf(leads, 'personne')} responsable${leads > 1 ? 's' : ''}, ${countOf(open, 'projet ouvert', 'projets ouverts')}.`,
      since: 'Aujourd’hui',
      // Somebody can still answer when one of the two is there.
      weight: weigh('nobody', advisors + leads > 0 ? 0.5 : 1 + open),
      projects: [],
    },
  ];
};

export const overloadedPeople = ({ team }: PartnerQueue, now: Date): Finding[] => {
  const advisors = team.filter(({ role }) => role === 'advisor');
  const middle = median(advisors.map(({ open }) => open)) ?? 0;
  const { open: least, times } = THRESHOLDS.overloaded;
  if (advisors.length < 2) return [];
  return advisors
    .filter(({ open }) => open >= least && open > middle * times)
    .map(({ account, open, oldest }) => ({
      kind: 'overloaded',
      about: account,
      numbers: { open, middle, team: advisors.length },
      why: `${countOf(open, 'projet ouvert', 'projets ouverts')} ; le milieu de son équipe de ${advisors.length} est ${new Intl.NumberFormat('fr-FR').format(middle)}.`,
      since: oldest ? `Son plus ancien projet ouvert est arrivé ${dayInWords(oldest, now)}` : 'Aujourd’hui',
      weight: weigh('overloaded', open - middle),
      projects: [],
    }));
};

/** Addresses of holders of open projects, and of people of the desk, that receive nothing. */
export interface Refused {
  /** The latest ones. */
  projects: (NamedProject & { at: Date })[];
  accounts: { account: string; at: Date }[];
}

export const refusedAddresses = ({ projects, accounts }: Refused, now: Date): Finding[] => {
  const ofAccounts = accounts.map(
    ({ account, at }): Finding => ({
      kind: 'refused',
      about: account,
      numbers: { addresses: 1 },
      why: '1 personne de nos équipes, que les alertes ne joignent plus.',
      since: `Depuis ${dayInWords(at, now)}`,
      weight: weigh('refused', 2),
      projects: [],
    }),
  );
  const oldest = projects.reduce<Date | null>((first, { at }) => (first && first < at ? first : at), null);
  if (!oldest) return ofAccounts;
  const why = `${countOf(projects.length, 'projet ouvert dont la personne', 'projets ouverts dont la personne')} ne reçoit rien.`;
  return [
    ...ofAccounts,
    {
      kind: 'refused',
      about: '',
      numbers: { projects: projects.length },
      why,
      since: `Depuis ${dayInWords(oldest, now)}`,
      weight: weigh('refused', projects.length),
      projects: projects.slice(0, NAMED).map(({ at: _, ...rest }) => rest),
    },
  ];
};
