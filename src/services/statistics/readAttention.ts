import type { Load } from '../../data/partnerQueues.js';
import { listRead } from '../../domain/audit/auditNotes.js';
import { localMonth } from '../../domain/calendar/businessTime.js';
import { closedDays } from '../../domain/calendar/closures.js';
import { type Account, may } from '../../domain/referrals/access.js';
import type { Teammate } from '../../domain/referrals/assignment.js';
import { isOpen } from '../../domain/referrals/projectState.js';
import { COUNTED } from '../../domain/referrals/queueFilters.js';
import type { Ruleset } from '../../domain/routing/rule.js';
import { type AttentionSection, type Finding, sectionsOf } from '../../domain/statistics/attention.js';
import {
  contradictedRules,
  silentEpcis,
  slowerPartners,
  untakenNeeds,
} from '../../domain/statistics/attentionInMonths.js';
import {
  lateProjects,
  overloadedPeople,
  type PartnerQueue,
  partnersWithNobody,
  refusedAddresses,
  soonLateProjects,
} from '../../domain/statistics/attentionInQueues.js';
import { paceSince } from '../../domain/statistics/forecast.js';
import { addMonths, monthsBetween } from '../../domain/statistics/localDays.js';
import { Forbidden } from '../../errors.js';
import type { Parts } from '../parts.js';
import type { ActiveRuleset } from '../rules/activeRuleset.js';
import { asOfUntil, type MonthParts, readMonths } from './readMonths.js';

type Needs = MonthParts &
  Pick<Parts, 'accounts' | 'note' | 'partnerSettings' | 'projects' | 'referrals' | 'territory'> & {
    activeRuleset: ActiveRuleset;
  };

/** What a manager should act on now. */
export interface Attention {
  asOf: Date;
  /** The instant of the counts by month. */
  countedAt: Date;
  /** Heaviest first; empty is good news. */
  sections: AttentionSection[];
  /** Who is named in them, and who leads each partner. */
  people: Map<string, Account>;
  leads: Map<string, Account>;
  admin: Account | null;
  ruleset: Ruleset;
}

/** Full months looked at, beside the current one. */
const MONTHS = 12;
/** Of what waits at a partner, so many are put in line; of refused addresses, so many are looked at. */
const MOST_IN_LINE = 500;
const MOST_REFUSED = 50;

const sumOf = (loads: Load[], figure: 'count' | 'late'): number => loads.reduce((sum, load) => sum + load[figure], 0);

const oldestOf = (loads: Load[]): Date | null =>
  loads.length === 0 ? null : new Date(Math.min(...loads.map(({ oldest }) => oldest.getTime())));

/** What is open at a partner: its team, its loads and its line, each one read of an index. */
const queueOf = async ({ accounts, partnerSettings, referrals }: Needs, partner: string, now: Date) => {
  const closures = closedDays((await partnerSettings.read(partner)).closures);
  const [team, loads, line, taken] = await Promise.all([
    accounts.team(partner),
    referrals.loadOfPartner(partner, now),
    referrals.soonestToTake(partner, MOST_IN_LINE),
    referrals.takenSince(partner, paceSince(now, closures), COUNTED),
  ]);
  const queue: PartnerQueue = {
    partner,
    closures,
    line: line.map(({ project, about: { reference, title }, callBy }) => ({ project, reference, title, callBy })),
    late: sumOf(loads, 'late'),
    open: sumOf(loads, 'count'),
    taken,
    team: team.map(({ id, role }) => {
      const own = loads.filter(({ assignee }) => assignee === id);
      return { account: id, role: role as 'advisor' | 'lead', open: sumOf(own, 'count'), oldest: oldestOf(own) };
    }),
  };
  return { queue, team };
};

const refusedOf = async ({ accounts, projects }: Needs) => {
  const [people, found] = await Promise.all([
    accounts.withMailRefused(MOST_REFUSED),
    projects.withMailRefused(MOST_REFUSED),
  ]);
  const open = found.filter(({ state, erasedAt }) => isOpen(state) && erasedAt === null);
  return {
    people,
    refused: {
      accounts: people.map(({ account, refusal }) => ({ account: account.id, at: refusal.at })),
      projects: open.map(({ id, reference, facts, mailRefused, submittedAt }) => ({
        project: id,
        reference,
        title: facts.title,
        due: null,
        at: mailRefused?.at ?? submittedAt,
      })),
    },
  };
};

/**
 * What a manager should act on now, from counts kept by month and from what is open at each partner. Reads no project that is
 * over. Throws Forbidden.
 */
export const readAttention =
  (parts: Needs) =>
  async (reader: Account): Promise<Attention> => {
    if (!may(reader, 'seeAttention')) throw new Forbidden();
    const now = parts.clock();
    const current = localMonth(now);
    const desks = parts.territory.partners.filter(({ role }) => role === 'desk').map(({ id }) => id);
    const [months, countedAt, { ruleset }, queues, { people, refused }, [admin]] = await Promise.all([
      readMonths(parts)({ months: monthsBetween(addMonths(current, -MONTHS), current), until: current, selected: [] }),
      asOfUntil(parts, current),
      parts.activeRuleset(),
      Promise.all(desks.map((partner) => queueOf(parts, partner, now))),
      refusedOf(parts),
      parts.accounts.active({ role: 'admin' }),
    ]);
    const findings: Finding[] = [
      ...slowerPartners(months, desks),
      ...untakenNeeds(months),
      ...contradictedRules(
        months,
        ruleset.rules.map(({ id }) => id),
      ),
      ...silentEpcis(months, parts.territory.epcis),
      ...queues.flatMap(({ queue }) => [
        ...lateProjects(queue, now),
        ...soonLateProjects(queue, now),
        ...partnersWithNobody(queue),
        ...overloadedPeople(queue, now),
      ]),
      ...refusedAddresses(refused, now),
    ];
    await parts.note(listRead(reader, 'attention', findings.length));
    const team: Teammate[] = queues.flatMap((one) => one.team);
    const everybody: Account[] = [...team, ...people.map(({ account }) => account)];
    return {
      asOf: now,
      countedAt,
      sections: sectionsOf(findings),
      people: new Map(everybody.map((account) => [account.id, account])),
      leads: new Map(team.flatMap((one) => (one.role === 'lead' && one.partner ? [[one.partner, one]] : []))),
      admin: admin ?? null,
      ruleset,
    };
  };
