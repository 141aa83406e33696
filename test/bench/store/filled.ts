import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { type StartedStore, startStore } from '../../../src/embedded/store/startStore.js';

/** The entry of the store, as it was compiled along with this. */
const MAIN = path.join(__dirname, '../../../src/embedded/store/main.js');

const STATES = ['waiting', 'taken', 'closed', 'declined'];
const TEXT = 'A project of some kilobytes, told by a person who has an idea and looks for somebody to talk to. ';

export interface Referral {
  _id: number;
  partner: string;
  state: string;
  callBy: Date;
  answers: Record<string, string>;
}

/** A document of 2 000 bytes of BSON. */
export const referral = (i: number): Referral => ({
  _id: i,
  partner: `partner${i % 10}`,
  state: STATES[Math.floor(i / 10) % STATES.length]!,
  callBy: new Date(1_700_000_000_000 + Math.floor(i / 7) * 1000),
  answers: Object.fromEntries(
    Array.from({ length: 17 }, (_, question) => [`question${question}`, `${TEXT}${i}`.slice(question === 0 ? 8 : 0)]),
  ),
});

export interface Filled {
  store: StartedStore;
  client: MongoClient;
  docs: ReturnType<typeof referralsOf>;
  count: number;
}

const referralsOf = (client: MongoClient) => client.db().collection<Referral>('referrals');

/** A store in a process of its own, and a client. */
export async function startFilled(dataDir: string, count: number): Promise<Filled> {
  const store = await startStore({ dataDir, script: MAIN });
  const client = await MongoClient.connect(store.uri);
  return { store, client, docs: referralsOf(client), count };
}

export async function stop({ client, store }: Filled): Promise<void> {
  await client.close();
  await store.stop();
}

const BATCH = 1000;
const AT_ONCE = 2;

export async function fill({ docs, count }: Filled): Promise<void> {
  await docs.createIndex({ partner: 1, state: 1, callBy: 1, _id: 1 });
  let next = 0;
  const work = async () => {
    while (next < count) {
      const from = next;
      next += BATCH;
      await docs.insertMany(Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => referral(from + i)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

export const readOne = async ({ docs, count }: Filled): Promise<void> => {
  const _id = Math.floor(Math.random() * count);
  if ((await docs.findOne({ _id }))?._id !== _id) throw new Error(`Document ${_id} is not there`);
};

const PAGE = 25;

/** A page of a queue, from some place on. */
export const readPage = async ({ docs, count }: Filled): Promise<void> => {
  const { partner, state, callBy } = referral(Math.floor(Math.random() * count * 0.9));
  const page = await docs
    .find({ partner, state, callBy: { $gte: callBy } })
    .sort({ callBy: 1, _id: 1 })
    .limit(PAGE)
    .toArray();
  if (page.length < PAGE) throw new Error(`A page of ${page.length}`);
};

/** Memory of a process that is not mapped from a file, in megabytes. */
export function anonymousMegabytes({ store }: Filled): number {
  const status = readFileSync(`/proc/${store.process.pid}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)![1]) / 1024;
}
