import { accountsOn } from '../../src/data/accounts.js';
import { auditEndsOn } from '../../src/data/auditEnds.js';
import { auditLinesOn } from '../../src/data/auditLines.js';
import { channelsOn } from '../../src/data/channels.js';
import { projectsOn } from '../../src/data/projects.js';
import { referralsOn } from '../../src/data/referrals.js';
import { savedViewsOn } from '../../src/data/savedViews.js';
import { loadTerritory } from '../../src/data/territoryFiles.js';
import { NO_FILTERS } from '../../src/domain/referrals/queueFilters.js';
import { auditLog } from '../../src/services/audit/auditLog.js';
import { queueCounts } from '../../src/services/queueCounts.js';
import { type QueueRequest, readFreshness, readQueue } from '../../src/services/readQueue.js';
import { manyReferrals } from '../support/manyReferrals.js';
import { staffMember } from '../support/staff.js';
import { startTestStore } from '../support/startStore.js';
import { watchQueries } from '../support/watchQueries.js';

const NOW = new Date('2026-02-02T09:00:00Z');
const anne = staffMember('anne');

/** Everything that one page of the queue reads, as it leaves for the store. */
let store: Awaited<ReturnType<typeof startTestStore>>;
let watched: Awaited<ReturnType<typeof watchQueries>>;
let parts: Parameters<typeof readQueue>[0];
beforeAll(async () => {
  store = await startTestStore();
  watched = await watchQueries(store.uri);
  const { connection } = watched;
  const stored = {
    accounts: accountsOn(connection),
    channels: channelsOn(connection),
    projects: projectsOn(connection),
    referrals: referralsOn(connection),
    savedViews: savedViewsOn(connection),
  };
  for (const { model } of Object.values(stored)) await model.createIndexes();
  await stored.referrals.insertAll(manyReferrals(1000, 'ti-tiltam', 'cci-puy-de-dome'));
  for (const id of ['anne', 'bruno', 'chloe', 'lea', 'marie'] as const)
    await stored.accounts.insert(staffMember(id), { passwordHash: 'x', demo: false });
  await stored.channels.insert({ code: 'salon', label: 'Salon', kind: 'event' }, 'marie', NOW);
  await stored.savedViews.save('anne', { name: 'En retard', query: 'retard=1' }, new Date());
  const clock = () => NOW;
  const { note } = auditLog({
    auditEnds: auditEndsOn(connection),
    auditLines: auditLinesOn(connection),
    clock,
    secrets: [],
  });
  parts = { ...stored, clock, note, queueCounts: queueCounts({ ...stored, clock }), territory: loadTerritory() };
});
afterAll(async () => {
  await watched.close();
  await store.stop();
});

const first: QueueRequest = { basket: 'a-prendre', filters: NO_FILTERS, typed: null, from: null };

it.each([
  ['a basket', first],
  ['a filtered basket', { ...first, filters: { ...NO_FILTERS, person: { account: 'a4' }, late: true } }],
  ['a search', { ...first, typed: 'atelier thi' }],
])('every read of the page goes by an index, without a sort: %s', async (_name, request) => {
  const { seen } = await watched.watch(() => readQueue(parts)(anne, request));
  expect(seen.length).toBeGreaterThan(5);
  const stages = [...new Set(seen.flatMap((one) => one.stages))];
  expect(stages).not.toContain('SORT');
  expect(stages).not.toContain('COLLSCAN');
});

it('asking whether a page is still true reads one referral at most', async () => {
  const { given, seen } = await watched.watch(() => readFreshness(parts)(anne));
  expect(given).toBeInstanceOf(Date);
  expect(seen).toHaveLength(1);
  expect(seen[0]?.docs).toBeLessThanOrEqual(1);
});

it('a page before the first row is the first page', async () => {
  const start = await readQueue(parts)(anne, first);
  const place = start.next;
  expect(place).not.toBeNull();
  const at = place && ({ place: { at: new Date(0), id: 'a' }, side: 'before' } as const);
  expect((await readQueue(parts)(anne, { ...first, from: at })).previous).toBeNull();
});
