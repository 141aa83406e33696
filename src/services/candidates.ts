import { businessHoursBetween, isBusinessDay, localDay } from '../domain/calendar/businessTime.js';
import { type Absence, absenceOn } from '../domain/referrals/assignment.js';
import type { Project } from '../domain/referrals/referral.js';
import { declares } from '../domain/routing/facts.js';
import { median } from '../domain/statistics/median.js';
import type { Partner, Territory } from '../domain/territory/territory.js';
import type { Parts } from './parts.js';

/** How busy a partner is today. */
export interface PartnerToday {
  waiting: number;
  taken: number;
  late: number;
  /** Opening hours from received to taken, the median of its latest projects of 90 days; null when it took none. */
  hoursToTake: number | null;
  /** People who take projects, and the day before which all of them are away ("2026-12-24"); null: somebody is there. */
  people: number;
  nobodyBefore: string | null;
}

/** A partner beside the others, for whoever must choose. */
export interface Candidate {
  partner: Partner;
  points: number;
  /** Labels of the rules that spoke for it. */
  why: string[];
  whyNot: string | null;
  /** Null: the project has no place, or no need. */
  serves: boolean | null;
  declares: 'direct' | 'fallback' | 'none' | null;
  today: PartnerToday;
}

type Needs = Pick<Parts, 'absences' | 'accounts' | 'clock' | 'referrals'>;

const DAY = 86_400_000;
const DELAY_DAYS = 90;
/** Of a partner's latest projects, so many make the median: enough to be fair, few enough to be read at once. */
const DELAYS_READ = 100;
/** Compared side by side; the others are in a list. */
const SIDE_BY_SIDE = 6;
/** An absence longer than that is "for long". */
const DAYS_AHEAD = 90;

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The first business day on which one of these people is there; null when that is the next one to come, or there is nobody. */
const firstDayWithSomebody = (people: { id: string }[], absences: Absence[], today: string): string | null => {
  if (people.length === 0) return null;
  const ahead = Array.from({ length: DAYS_AHEAD }, (_, days) => dayAfter(today, days));
  const business = ahead.filter((day) => isBusinessDay(new Date(`${day}T12:00:00Z`)));
  const isThere = (day: string): boolean => people.some(({ id }) => absenceOn(absences, id, day) === undefined);
  const first = business.find(isThere) ?? dayAfter(today, DAYS_AHEAD);
  return first === business[0] ? null : first;
};

const todayOf = async ({ absences, accounts, clock, referrals }: Needs, partner: string): Promise<PartnerToday> => {
  const now = clock();
  const since = new Date(now.getTime() - DELAY_DAYS * DAY);
  const [waiting, taken, late, delays, people, away] = await Promise.all([
    referrals.countBasket(partner, 'a-prendre'),
    referrals.countBasket(partner, 'en-cours'),
    referrals.countLate(partner, now),
    referrals.latestTaken(partner, since, DELAYS_READ),
    accounts.team(partner),
    absences.ofPartner(partner),
  ]);
  const hours = delays.map(({ sentAt, takenAt }) => businessHoursBetween(sentAt, takenAt));
  return {
    waiting,
    taken,
    late,
    hoursToTake: median(hours),
    people: people.length,
    nobodyBefore: firstDayWithSomebody(people, away, localDay(now)),
  };
};

/** What the decision and the directory say of a partner for this project. */
const onPaper = ({ decision, facts }: Project, partner: Partner, territory: Territory): Omit<Candidate, 'today'> => {
  const spoke = decision.trace.filter((row) => row.partner === partner.id && row.verdict === 'true' && row.points > 0);
  const other = decision.others.find((row) => row.partner === partner.id);
  const commune = facts.commune === null ? undefined : territory.commune(facts.commune);
  const need = facts.needs[0];
  return {
    partner,
    points: other?.points ?? spoke.reduce((sum, row) => sum + (row.role === 'main' ? row.points : 0), 0),
    why: [...new Set(spoke.map(({ label }) => label))],
    whyNot: other?.why || null,
    serves: commune ? territory.serves(partner, commune) : null,
    declares: need ? declares(partner, need) : null,
  };
};

/** The likeliest first: points, then the place, then the need. */
const likelier = (a: Omit<Candidate, 'today'>, b: Omit<Candidate, 'today'>): number => {
  const needs = { direct: 2, fallback: 1, none: 0 };
  const needOf = (one: Omit<Candidate, 'today'>): number => (one.declares ? needs[one.declares] : 0);
  return b.points - a.points || Number(b.serves) - Number(a.serves) || needOf(b) - needOf(a);
};

/**
 * The partners that a project may be sent to: those worth comparing, likeliest first, last those that had it already; and
 * all the others.
 */
export const compareCandidates =
  (parts: Needs & Pick<Parts, 'territory'>) =>
  async (project: Project, had: string[]): Promise<{ compared: Candidate[]; others: Partner[] }> => {
    const { territory } = parts;
    const { main, associated } = project.decision;
    const all = territory.partners
      .filter(({ role }) => role !== 'inactive')
      .map((one) => onPaper(project, one, territory));
    const isWorthIt = ({ partner, points, serves }: Omit<Candidate, 'today'>): boolean =>
      (partner.role === 'desk' && serves !== false) ||
      points > 0 ||
      partner.id === main ||
      associated.includes(partner.id);
    const ranked = all.filter(isWorthIt).sort(likelier).slice(0, SIDE_BY_SIDE);
    const isLast = ({ partner }: Omit<Candidate, 'today'>): number => Number(had.includes(partner.id));
    const chosen = ranked.sort((a, b) => isLast(a) - isLast(b));
    const others = all.map(({ partner }) => partner).filter((one) => !chosen.some(({ partner }) => partner === one));
    return {
      compared: await Promise.all(chosen.map(async (one) => ({ ...one, today: await todayOf(parts, one.partner.id) }))),
      others: others.sort((a, b) => a.name.localeCompare(b.name, 'fr')),
    };
  };
