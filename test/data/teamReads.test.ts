import { absencesOn } from '../../src/data/absences.js';
import { accountsOn } from '../../src/data/accounts.js';
import { referralsOn } from '../../src/data/referrals.js';
import { manyReferrals } from '../support/manyReferrals.js';
import { STAFF, type StaffName, staffMember } from '../support/staff.js';
import { startTestStore } from '../support/startStore.js';
import { watchQueries } from '../support/watchQueries.js';

/** What a team's page and an assignment read, explained by the store that answers. */
const COUNT = 4000;
const PARTNER = 'ti-tiltam';
const NOW = new Date('2026-01-10T09:00:00Z');
const all = manyReferrals(COUNT, PARTNER, 'cci-puy-de-dome');
const open = all.filter(({ partner, state }) => partner === PARTNER && (state === 'waiting' || state === 'taken'));

let store: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
beforeAll(async () => {
  store = await startTestStore();
  watched = await watchQueries(store.uri);
  const [referrals, accounts, absences] = [referralsOn, accountsOn, absencesOn].map((on) => on(watched.connection));
  for (const repository of [referrals, accounts, absences]) await repository?.model.createIndexes();
});
afterAll(async () => {
  await watched.close();
  await store.stop();
});

it('reads the load of a team by one index, and no more than what is open', async () => {
  const referrals = referralsOn(watched.connection);
  for (let from = 0; from < COUNT; from += 2000) await referrals.insertAll(all.slice(from, from + 2000));
  const { given, seen } = await watched.watch(() => referrals.loadOfPartner(PARTNER, NOW));
  expect(seen).toHaveLength(1);
  expect(seen[0]?.stages).not.toContain('COLLSCAN');
  expect(seen[0]?.docs).toBe(open.length);
  expect(given.reduce((sum, { count }) => sum + count, 0)).toBe(open.length);
  const late = open.filter(({ basket, callBy }) => basket === 'a-prendre' && callBy < NOW);
  expect(given.reduce((sum, load) => sum + load.late, 0)).toBe(late.length);
  const own = open.filter(({ assignee, state }) => assignee === 'a1' && state === 'waiting');
  expect(given.find(({ assignee, state }) => assignee === 'a1' && state === 'waiting')).toMatchObject({
    count: own.length,
    oldest: new Date(Math.min(...own.map(({ sentAt }) => sentAt.getTime()))),
  });
});

it('reads what somebody was given, and how much the team has, by an index', async () => {
  const referrals = referralsOn(watched.connection);
  const waiting = await watched.watch(() => referrals.waitingOf({ id: 'a1', partner: PARTNER }));
  const counted = await watched.watch(() => referrals.openCountByAssignee(['a1', 'a2']));
  expect(waiting.given.length).toBeGreaterThan(10);
  expect(waiting.seen[0]?.docs).toBe(waiting.given.length);
  const isTheirs = ({ assignee, state }: (typeof all)[number]): boolean =>
    (assignee === 'a1' || assignee === 'a2') && (state === 'waiting' || state === 'taken');
  expect(counted.seen[0]?.docs).toBeLessThanOrEqual(all.filter(isTheirs).length);
  for (const { stages } of [...waiting.seen, ...counted.seen]) expect(stages).not.toContain('COLLSCAN');
});

it('reads people and absences by an index', async () => {
  const accounts = accountsOn(watched.connection);
  const absences = absencesOn(watched.connection);
  for (const id of Object.keys(STAFF) as StaffName[])
    await accounts.insert(staffMember(id), { passwordHash: 'none', demo: false });
  await absences.save({ id: 'anne', partner: PARTNER }, 0, []);
  const team = await watched.watch(() => accounts.team(PARTNER));
  const away = await watched.watch(() => absences.ofPartner(PARTNER));
  expect(team.given.map(({ id }) => id)).toEqual(['anne', 'bruno', 'lea']);
  expect(team.seen[0]?.docs).toBe(3);
  for (const { stages } of [...team.seen, ...away.seen]) {
    expect(stages).not.toContain('COLLSCAN');
    expect(stages).not.toContain('SORT');
  }
});
