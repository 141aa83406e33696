import type { Document } from 'mongodb';
import { shard } from '../../src/cli/shard.js';
import { SHARDING, shardCommands } from '../../src/data/sharding.js';
import type { Store } from '../../src/data/store.js';
import { ACTS, type AdvisorAct } from '../../src/domain/referrals/lifecycle.js';
import { paths } from '../../src/paths.js';
import { aSubmission } from '../support/aSubmission.js';
import { EACH_ACT, referralIn } from '../support/eachAct.js';
import { addStaff, type Door, openDoor, staffMember } from '../support/staff.js';
import { type Desk, startDesk } from '../support/startDesk.js';
import { startTestStore } from '../support/startStore.js';

const MONDAY = new Date('2026-11-23T09:30:00+01:00');
const by = staffMember('anne');

interface Sent {
  command: string;
  collection: string;
  filter: Document;
}

const clock = { now: MONDAY };
let embedded: Awaited<ReturnType<typeof startTestStore>>;
let desk: Desk;
let door: Door;
let store: Store;
const sent: Sent[] = [];

const filtersIn = (name: string, command: Document): Document[] => {
  const filters: Record<string, () => Document[]> = {
    insert: () => command['documents'],
    find: () => [command['filter'] ?? {}],
    count: () => [command['query'] ?? {}],
    distinct: () => [command['query'] ?? {}],
    aggregate: () => [command['pipeline']?.[0]?.$match ?? {}],
    findAndModify: () => [command['query'] ?? {}],
    update: () => command['updates'].map(({ q }: Document) => q),
    delete: () => command['deletes'].map(({ q }: Document) => q),
  };
  return filters[name]?.() ?? [];
};

beforeAll(async () => {
  embedded = await startTestStore(() => clock.now);
  desk = await startDesk({ at: MONDAY, settings: { MONGODB_URL: `${embedded.uri}&monitorCommands=true` } });
  store = desk.parts as unknown as Store;
  store.connection.getClient().on('commandStarted', ({ commandName, command }) => {
    const collection = String(command[commandName]);
    for (const filter of filtersIn(commandName, command)) sent.push({ command: commandName, collection, filter });
  });
  await addStaff(desk);
  door = await openDoor(desk);
});
afterAll(async () => {
  await door.close();
  await desk.stop();
  await embedded.stop();
});

const keyOf = (collection: string): string[] | null => {
  const row = SHARDING[collection];
  return row && 'key' in row ? Object.keys(row.key) : null;
};
/** A value, or a list of values: nothing else leads to the shards that hold them. */
const names = (filter: Document, field: string): boolean => {
  const value = filter[field];
  const isRange = value !== null && typeof value === 'object' && !('$in' in value) && !(value instanceof Date);
  return value !== undefined && !isRange;
};
const inWords = ({ command, collection, filter }: Sent): string => `${command} ${collection} ${JSON.stringify(filter)}`;
const onShards = (from = 0): Sent[] => sent.slice(from).filter(({ collection }) => keyOf(collection) !== null);
/** What would be asked of every shard. */
const scattered = (from: number): string[] =>
  onShards(from)
    .filter(({ collection, filter }) => !names(filter, keyOf(collection)?.[0] ?? ''))
    .map(inWords);

const submitted = async () => {
  const { project } = await desk.services.submitProject({ visitor: desk.parts.newId(), submission: aSubmission() });
  const [referral] = await desk.parts.referrals.ofProject(project.id);
  if (!referral) throw new Error('no referral');
  return { project, referral };
};

describe('on a sharded cluster', () => {
  it('each collection has its place, and a reason for it', () => {
    const kept = Object.values(store.connection.models).map(({ collection }) => collection.name);
    expect(Object.keys(SHARDING).sort()).toEqual(kept.sort());
  });

  it('each shard key begins an index, and each unique index begins with the shard key', () => {
    for (const { collection, schema } of Object.values(store.connection.models)) {
      const key = keyOf(collection.name);
      if (!key) continue;
      const indexes = [{ fields: ['_id'], unique: false }].concat(
        schema.indexes().map(([fields, options]) => ({ fields: Object.keys(fields), unique: options.unique === true })),
      );
      const begins = (fields: string[]): boolean => key.every((field, place) => fields[place] === field);
      expect(`${collection.name} ${indexes.some(({ fields }) => begins(fields))}`).toBe(`${collection.name} true`);
      for (const { fields } of indexes.filter(({ unique }) => unique))
        expect(`${collection.name} ${fields} ${begins(fields)}`).toBe(`${collection.name} ${fields} true`);
    }
  });

  it('the queue, the sheet and the holder’s page ask one shard a query', async () => {
    const { project, referral } = await submitted();
    const token = await desk.parts.links.create({ purpose: 'follow-up', project: project.id }, MONDAY);
    const browser = await door.signedIn('anne');
    const begun = sent.length;
    for (const address of [paths.queue(), paths.referral(referral.id), paths.followUp(token)])
      expect((await browser.open(address)).status).toBe(200);
    const collections = new Set(onShards(begun).map(({ collection }) => collection));
    expect([...collections]).toEqual(expect.arrayContaining(['events', 'links', 'deliveries', 'notes', 'sessions']));
    expect(scattered(begun)).toEqual([]);
  });

  it('a submission and each act ask one shard a query too', async () => {
    const begun = sent.length;
    await submitted();
    for (const [act, ways] of Object.entries(EACH_ACT))
      for (const way of ways) {
        const { id, version } = await referralIn(desk, ACTS[act as AdvisorAct].from[0] ?? 'waiting');
        await way(desk.services, { id, version, by });
      }
    expect([...new Set(onShards(begun).map(({ collection }) => collection))]).toEqual(
      expect.arrayContaining(['deliveries', 'events']),
    );
    expect(scattered(begun)).toEqual([]);
  });

  it('what changes one record names its shard key or its id', async () => {
    const begun = sent.length;
    const { project } = await submitted();
    // Nobody listens at the mail server's address: each is claimed, and marked as failed.
    for (const { id } of await desk.parts.deliveries.ofProject(project.id))
      await desk.services.sendDelivery(id).catch(() => undefined);
    const secret = await desk.parts.links.create({ purpose: 'sign-in', account: 'anne' }, MONDAY);
    await desk.parts.links.use('sign-in', secret, MONDAY);
    await desk.services.sweep();
    const one = onShards(begun).filter(({ command }) => ['update', 'delete', 'findAndModify'].includes(command));
    expect(one.length).toBeGreaterThan(3);
    for (const write of one) {
      const first = keyOf(write.collection)?.[0] ?? '';
      const isTold = names(write.filter, first) || (write.command !== 'findAndModify' && names(write.filter, '_id'));
      expect(`${inWords(write)} ${isTold}`).toBe(`${inWords(write)} true`);
    }
  });
});

describe('desk shard', () => {
  const said = async (args: string[]): Promise<string> => {
    const lines: string[] = [];
    const given = {
      print: (line: string) => lines.push(line),
      withStore: (work: (parts: Store) => unknown) => work(store),
    };
    await shard(args, given as never);
    return lines.join('\n');
  };

  it('writes the commands as mongosh takes them, a unique key said to be so', async () => {
    const written = await said([]);
    expect(written.split('\n')).toHaveLength(shardCommands('porte').length);
    expect(written).toContain('db.adminCommand({"enableSharding":"porte"})');
    expect(written).toContain('{"shardCollection":"porte.deliveries","key":{"project":1,"key":1},"unique":true}');
  });

  it('is refused where there is no mongos, in a sentence', async () => {
    await expect(said(['--run'])).rejects.toThrow(/MONGODB_URL doit mener à un mongos/);
    await expect(said(['--now'])).rejects.toThrow(/seule option/);
  });
});
