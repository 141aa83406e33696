import { MongoClient } from 'mongodb';
import { SCHEDULES } from '../../jobs/schedules.js';
import type { Store } from '../../src/data/store.js';
import { BASKETS, type Basket } from '../../src/domain/referrals/lifecycle.js';
import { NO_FILTERS, type QueueFilters } from '../../src/domain/referrals/queueFilters.js';
import { EXPORT_IDS } from '../../src/domain/statistics/exports.js';
import { choicesFor, FILTER_IDS, type Filters } from '../../src/domain/statistics/filters.js';
import { KPI_IDS } from '../../src/domain/statistics/kpis.js';
import { parsePeriod } from '../../src/domain/statistics/period.js';
import { paths } from '../../src/paths.js';
import type { QueueRequest } from '../../src/services/readQueue.js';
import { explainSent } from '../support/explainSent.js';
import { manyReferrals } from '../support/manyReferrals.js';
import { type Door, openDoor, staffMember } from '../support/staff.js';
import { startTestStore } from '../support/startStore.js';
import { type WholeLife, wholeLife } from '../support/wholeLife.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
/** A Monday and a quarter's first: each row of the timetable has something to do. */
const QUARTER = new Date('2027-01-04T09:00:00+01:00');
/** Long enough for all that is kept to be forgotten. */
const YEARS_LATER = new Date('2032-01-05T09:00:00+01:00');
const SOME = 600;

const BASKET_IDS = Object.keys(BASKETS) as Basket[];
const [anne, lea, marie] = [staffMember('anne'), staffMember('lea'), staffMember('marie')];
const clock = { now: MONDAY };

/** Another embedded store, or a MongoDB server whose database may be emptied. */
const openTarget = async () => {
  const given = process.env['MONGODB_URL_TEST'];
  const embedded = given === undefined ? await startTestStore(() => clock.now) : null;
  const url = new URL(given ?? embedded?.uri ?? '');
  const client = await MongoClient.connect(url.href);
  await client.db().dropDatabase();
  await client.close();
  url.searchParams.set('monitorCommands', 'true');
  return { url: url.href, stop: async () => embedded?.stop() };
};

let target: Awaited<ReturnType<typeof openTarget>>;
let life: WholeLife;
let door: Door;
beforeAll(async () => {
  target = await openTarget();
  life = await wholeLife(MONDAY, { MONGODB_URL: target.url });
  const { desk } = life;
  await desk.parts.referrals.insertAll(manyReferrals(SOME, 'ti-tiltam', 'cci-puy-de-dome'));
  await desk.services.addChannel(marie, { label: 'Salon', kind: 'event' });
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await life.desk.stop();
  await target.stop();
});

const at = (now: Date): void => {
  clock.now = now;
  life.desk.clock.now = now;
};
const period = () => parsePeriod({}, life.desk.clock.now);

/** Each filter alone, and some together. */
const FILTERED: Partial<QueueFilters>[] = [
  {},
  { person: { account: 'a4' } },
  { person: { account: null } },
  { need: 'skills' },
  { epci: '246300701' },
  { stage: 'idea' },
  { channel: 'salon' },
  { late: true },
  { from: new Date('2026-01-06T00:00:00Z'), until: new Date('2026-01-07T00:00:00Z') },
  { person: { account: 'a4' }, need: 'skills', late: true, from: new Date('2026-01-06T00:00:00Z') },
];
const TYPED = ['atelier', 'atel', 'atelier thi', 'rare', 'projet rare numéro', '26-00001', 'camille dupré lez'];

/** The page of a queue, and those that it leads to. */
const readPages = async (request: QueueRequest): Promise<void> => {
  const { readQueue } = life.desk.services;
  const { next } = await readQueue(anne, request);
  if (!next) return;
  const { previous } = await readQueue(anne, { ...request, from: { place: next, side: 'after' } });
  if (previous) await readQueue(anne, { ...request, from: { place: previous, side: 'before' } });
};

const queue = async (): Promise<void> => {
  const { list } = life.desk.parts.referrals;
  const browser = await door.signedIn('anne');
  for (const address of [paths.queue(), paths.freshness()]) expect((await browser.open(address)).status).toBe(200);
  const first = { filters: NO_FILTERS, typed: null, from: null };
  for (const basket of BASKET_IDS) await readPages({ ...first, basket });
  for (const typed of TYPED) await readPages({ ...first, basket: 'a-prendre', typed });
  for (const one of FILTERED) {
    const filters = { ...NO_FILTERS, ...one };
    await readPages({ ...first, basket: 'a-prendre', filters, typed: 'atelier' });
    for (const basket of BASKET_IDS)
      await list({ partner: 'ti-tiltam', basket, filters, words: null, now: MONDAY, from: null, limit: 25 });
  }
};

const sheet = async (): Promise<void> => {
  const [advisor, manager] = [await door.signedIn('anne'), await door.signedIn('marie')];
  for (const { id, project } of [life.waiting, life.taken, life.helped, life.sentOn, life.withdrawn, life.erased]) {
    expect((await advisor.open(paths.referral(id))).status).toBe(200);
    expect((await manager.open(paths.projectSheet(project))).status).toBe(200);
  }
};

/** Every row of the timetable, and what leaves then: once as usual, and once when all is old enough to be forgotten. */
const timetable = async (): Promise<void> => {
  const { parts, services } = life.desk;
  for (const now of [MONDAY, QUARTER, YEARS_LATER]) {
    at(now);
    for (const delivery of (await parts.deliveries.due(now, SOME)).slice(0, 5))
      await services.sendDelivery(delivery).catch(() => undefined);
    await services.timetable.runDue();
    // What fails there is only written down.
    const rows = Object.keys(SCHEDULES);
    expect([...(await parts.runs.lastDone(rows, 5000)).keys()].sort()).toEqual(rows.sort());
  }
  at(MONDAY);
};

/** Each filter alone, and each with each other. */
const narrowed = (): Filters[] => {
  const directory = { territory: life.desk.parts.territory, channels: [{ code: 'salon', label: 'Salon' }] };
  const chosen = FILTER_IDS.map((id) => ({ [id]: choicesFor(id, directory)[0]?.value ?? '' }) as Filters);
  const pairs = chosen.flatMap((one, place) => chosen.slice(place + 1).map((other) => ({ ...one, ...other })));
  return [{}, ...chosen, ...pairs];
};

const statistics = async (): Promise<void> => {
  const { services } = life.desk;
  const asked = { period: period(), filters: {} };
  await services.refreshFacts();
  for (const filters of narrowed()) await services.readFigures(marie, { ...asked, filters }).catch(() => undefined);
  for (const id of KPI_IDS) await services.readBehindFigure(marie, { ...asked, id, isWhole: true, place: null });
  for (const what of EXPORT_IDS)
    await services.runExport(await services.startExport(marie, { ...asked, what, format: 'csv' }));
  await services.readFigures(lea, asked);
  await services.readRulesQuality(marie, asked);
  await services.readAttention(marie);
  await services.readFigureChoices(marie);
  await services.readExports(marie);
  await services.listReports(marie);
  await services.draftReport(marie, '2026-T4');
  await services.readPublicFigures();
};

/** What reads a whole collection, or puts in order what it found, and why it may. */
const EXCEPTIONS: Record<string, string> = {
  'distinct cells query {} key "string"':
    'once a night, all cells are compared anyway; MongoDB reads one key of a month from its index',
};

it.each([
  ['the queue', queue, 40],
  ['the sheet', sheet, 15],
  ['statistics', statistics, 20],
  ['the sweep and the timetable', timetable, 60],
])('%s goes by an index, without a sort', async (_name, act, kinds) => {
  const { connection } = life.desk.parts as unknown as Store;
  const plans = await explainSent(connection, act);
  expect(plans.length).toBeGreaterThan(kinds);
  const slow = plans.filter(({ stages }) => stages.includes('COLLSCAN') || stages.includes('SORT'));
  expect(slow.filter(({ asked }) => !Object.hasOwn(EXCEPTIONS, asked))).toEqual([]);
});
