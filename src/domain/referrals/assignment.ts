import { localDay, nextBusinessInstant } from '../calendar/businessTime.js';
import type { Need } from '../territory/needs.js';
import type { Account } from './access.js';
import type { ReferralAbout } from './referral.js';

/**
 * Who gets a project that reaches a partner, and why. Among the people whose competences and territory fit and who are
 * there, the one with the fewest open projects; between two with as many, the one who was given one longest ago. The deputy
 * of somebody absent stands in. Leads count only when no advisor is left. Nobody left: the project is for whoever takes it.
 */
export const BECAUSE_CODES = [
  /** One person fits, of several who are there: by what they deal with, by where. */
  'only-for-need',
  'only-for-place',
  /** One person is there. */
  'only',
  'lightest',
  'longest-ago',
  'deputy',
  'lead',
] as const;
export type BecauseCode = (typeof BECAUSE_CODES)[number];

/** The code, and what its sentence needs; ids only. */
export interface AssignedBecause {
  code: BecauseCode;
  /** Open projects that this person had. */
  load?: number;
  /** For whom a deputy stands in, until which day in Paris, this one included. */
  deputyOf?: string;
  until?: string;
}

/** What somebody deals with. An empty list: everything; EPCI by their SIREN. */
export interface Competences {
  needs: Need[];
  epcis: string[];
}

export interface Teammate extends Account {
  competences: Competences;
  /** When a project was last given to this person by the service; null when never. */
  lastGivenAt: Date | null;
}

/** Days in Paris ("2026-12-24"), first and last included. The deputy works for the same partner. */
export interface Absence {
  id: string;
  account: string;
  from: string;
  to: string;
  deputy: string | null;
}

/** Is this person away on that day of Paris? Gives the absence. */
export const absenceOn = (absences: Absence[], account: string, day: string): Absence | undefined =>
  absences.find((absence) => absence.account === account && absence.from <= day && day <= absence.to);

export interface Assignment {
  assignee: string | null;
  because: AssignedBecause | null;
}

interface Situation {
  about: Pick<ReferralAbout, 'need' | 'epci'>;
  /** When it reaches the partner: who is away at its first opening hour is skipped. */
  at: Date;
  partner: string;
  people: Teammate[];
  absences: Absence[];
  /** Open projects of each person, by id; none when missing. */
  load: ReadonlyMap<string, number>;
  /** Days on which the partner is closed. */
  closures?: ReadonlySet<string>;
}

interface Candidate {
  person: Teammate;
  standsInFor: Absence | null;
}

/** An answer that the project lacks excludes nobody. */
const fitsNeed = ({ competences: { needs } }: Teammate, { need }: Situation['about']): boolean =>
  needs.length === 0 || need === null || needs.includes(need);
const fitsPlace = ({ competences: { epcis } }: Teammate, { epci }: Situation['about']): boolean =>
  epcis.length === 0 || epci === null || epcis.includes(epci);

const candidatesAmong = (people: Teammate[], team: Teammate[], { about, absences }: Situation, day: string) => {
  const isHere = ({ id }: Teammate): boolean => absenceOn(absences, id, day) === undefined;
  const fitting = people.filter((person) => fitsNeed(person, about) && fitsPlace(person, about));
  const found = new Map<string, Candidate>();
  for (const person of fitting.filter(isHere)) found.set(person.id, { person, standsInFor: null });
  for (const person of fitting) {
    const absence = absenceOn(absences, person.id, day);
    const deputy = absence && team.find(({ id }) => id === absence.deputy);
    if (deputy && isHere(deputy) && !found.has(deputy.id))
      found.set(deputy.id, { person: deputy, standsInFor: absence });
  }
  return { candidates: [...found.values()], here: people.filter(isHere) };
};

const whyOnly = (here: Teammate[], about: Situation['about']): AssignedBecause => {
  if (here.length <= 1) return { code: 'only' };
  return { code: here.some((person) => !fitsNeed(person, about)) ? 'only-for-need' : 'only-for-place' };
};

/** Chooses among one partner's people; the others of the list are never chosen. */
export const assign = (situation: Situation): Assignment => {
  const { about, at, partner, people, load, closures } = situation;
  const day = localDay(nextBusinessInstant(at, closures));
  const team = people.filter((person) => person.partner === partner);
  const loadOf = ({ person }: Candidate): number => load.get(person.id) ?? 0;
  const lastOf = ({ person }: Candidate): number => person.lastGivenAt?.getTime() ?? 0;

  for (const role of ['advisor', 'lead'] as const) {
    const ofRole = team.filter((person) => person.role === role);
    const { candidates, here } = candidatesAmong(ofRole, team, situation, day);
    const [first, second] = candidates.sort(
      (a, b) => loadOf(a) - loadOf(b) || lastOf(a) - lastOf(b) || (a.person.id < b.person.id ? -1 : 1),
    );
    if (!first) continue;
    const assignee = first.person.id;
    const { standsInFor } = first;
    if (standsInFor)
      return { assignee, because: { code: 'deputy', deputyOf: standsInFor.account, until: standsInFor.to } };
    if (role === 'lead') return { assignee, because: { code: 'lead' } };
    if (!second) return { assignee, because: whyOnly(here, about) };
    const code = loadOf(first) < loadOf(second) ? 'lightest' : 'longest-ago';
    return { assignee, because: { code, load: loadOf(first) } };
  }
  return { assignee: null, because: null };
};
