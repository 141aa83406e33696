import type { Demonstration, Story } from '../../data/demonstration.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Commune } from '../../domain/territory/territory.js';
import { Invalid } from '../../errors.js';
import { hashPassword } from '../accounts/passwords.js';
import { activeRuleset } from '../rules/activeRuleset.js';
import { recountPast } from '../statistics/rebuildFacts.js';
import type { RefreshParts } from '../statistics/refreshFacts.js';
import { openEntryLinks } from './entryLinks.js';
import { liveProject } from './liveProject.js';
import { type PastDesk, pastDesk } from './pastDesk.js';
import type { DemonstrationParts } from './pastParts.js';
import { keepPastReport } from './pastReport.js';
import { demonstrationStaff } from './people.js';
import { placesOf } from './places.js';
import { type Plan, planYear } from './planYear.js';
import { MARK, takeAway } from './removeDemonstration.js';

interface Options {
  /** Start of the day, in Paris, on which the demonstration is first seen: its year ends just before. */
  until: Date;
  /** The password of each account, by its address. */
  password: (email: string) => string;
  /** How many projects in the year. */
  size?: number;
  onProgress?: (done: number, total: number) => void;
}

const SIZE = 380;
/** In milliseconds. */
const YEAR = 365 * 24 * 3_600_000;
/** Lives written into the store at a time: what a page of progress shows, and far below a message's limit. */
const AT_A_TIME = 40;

type Told = DemonstrationParts & { demonstration: Demonstration };

const openAccounts = async ({ accounts, territory, demonstration }: Told, password: Options['password']) => {
  const staff = demonstrationStaff(territory.partners, demonstration);
  const words = [...new Set(staff.map(({ email }) => password(email)))];
  const hashes = new Map(await Promise.all(words.map(async (word) => [word, await hashPassword(word)] as const)));
  for (const account of staff)
    await accounts.insert(account, { passwordHash: hashes.get(password(account.email)) ?? '', demo: true });
  return staff;
};

type Records = ReturnType<PastDesk['records']>;

const keep = async (parts: DemonstrationParts, lives: Records[]): Promise<void> => {
  await parts.projects.insertAll(lives.flatMap(({ projects }) => projects));
  await parts.referrals.insertAll(lives.flatMap(({ referrals }) => referrals));
  await parts.events.insertAll(lives.flatMap(({ events }) => events));
  await parts.deliveries.insertAll(lives.flatMap(({ deliveries }) => deliveries));
};

/** Read once for all lives: nobody changes them meanwhile. */
const readOnce = ({ partnerSettings }: DemonstrationParts): DemonstrationParts['partnerSettings'] => {
  const known = new Map<string, ReturnType<typeof partnerSettings.read>>();
  const read: typeof partnerSettings.read = (partner) => {
    const found = known.get(partner) ?? partnerSettings.read(partner);
    known.set(partner, found);
    return found;
  };
  return { ...partnerSettings, read };
};

/** Gives a function that leads one life to the end of the year, and what it leaves. */
const lifeOf = async (given: Told, until: Date, staff: Account[]) => {
  const parts = { ...given, partnerSettings: readOnce(given) };
  const { territory, demonstration } = parts;
  const active = await activeRuleset(parts)();
  const by = staff.find(({ role }) => role === 'manager') as Account;
  const channelOf = await openEntryLinks(parts, { ...demonstration, by, at: new Date(until.getTime() - YEAR) });
  const places = new Map<Story, Commune[]>();
  return async (plan: Plan): Promise<Records> => {
    const { story, at: from, chance } = plan;
    const there = places.get(story) ?? placesOf(story.where, territory);
    places.set(story, there);
    const channel = channelOf(plan.number);
    const desk = pastDesk(parts, { from, until, staff, chance, channel, activeRuleset: async () => active });
    await liveProject(plan, { desk, staff, territory, demonstration, places: there });
    await desk.moveTo(until);
    return desk.records();
  };
};

/**
 * Fills the store with a made-up year, through the same use cases as real projects. The same day and size give the same
 * figures. Whatever demonstration was there is taken away first, so a load that was interrupted starts again from clean.
 * Throws Invalid where the territory has none.
 */
export const loadDemonstration = async (
  given: DemonstrationParts & Omit<RefreshParts, 'clock'>,
  { until, password, size = SIZE, onProgress = () => undefined }: Options,
): Promise<{ projects: number; accounts: number }> => {
  const { demonstration } = given;
  if (!demonstration) throw new Invalid('Ce territoire n’a pas de démonstration.');
  const parts = { ...given, demonstration };
  await parts.marks.write(MARK, 'loading');
  await takeAway(parts);
  const staff = await openAccounts(parts, password);
  const live = await lifeOf(parts, until, staff);
  const plans = planYear(until, size, demonstration);
  for (let from = 0; from < plans.length; from += AT_A_TIME) {
    const lives: Records[] = [];
    for (const plan of plans.slice(from, from + AT_A_TIME)) lives.push(await live(plan));
    await keep(parts, lives);
    onProgress(Math.min(from + AT_A_TIME, plans.length), plans.length);
  }
  await recountPast({ ...parts, clock: () => until });
  await keepPastReport(parts, staff.find(({ role }) => role === 'manager') as Account, until);
  await parts.marks.write(MARK, 'loaded');
  return { projects: plans.length, accounts: staff.length };
};
