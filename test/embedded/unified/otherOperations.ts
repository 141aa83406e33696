import { type AbstractCursor, type ClientSession, type Db, MongoClient } from 'mongodb';
import { type Entities, entity, readOptions } from './entities.js';
import type { Doc, Operation } from './format.js';
import { runOperation } from './operations.js';

type Run<T> = (subject: T, args: Doc, entities: Entities) => Promise<unknown>;

function without(args: Doc, ...names: string[]): Doc {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));
}

export const CLIENT_OPERATIONS: Record<string, Run<MongoClient>> = {
  listDatabases: async (client, args) => (await client.db().admin().listDatabases(args)).databases,
  listDatabaseNames: async (client, args) =>
    (
      await client
        .db()
        .admin()
        .listDatabases({ ...args, nameOnly: true })
    ).databases.map(({ name }) => name),
  clientBulkWrite: async (client, args) => {
    const models = (args['models'] as Record<string, Doc>[]).map((model) => {
      const [name, fields] = Object.entries(model)[0]!;
      return { name, ...fields };
    });
    const result = await client.bulkWrite(models as never, without(args, 'models'));
    // A field that this driver adds to what the format knows.
    for (const updated of result.updateResults?.values() ?? []) delete (updated as Partial<typeof updated>).didUpsert;
    return result;
  },
};

export const DATABASE_OPERATIONS: Record<string, Run<Db>> = {
  aggregate: (database, args) => database.aggregate(args['pipeline'] as never, without(args, 'pipeline')).toArray(),
  runCommand: (database, args) => database.command(args['command'] as Doc, without(args, 'command', 'commandName')),
  createCollection: (database, args) =>
    database.createCollection(String(args['collection']), without(args, 'collection')),
  dropCollection: (database, args) => database.dropCollection(String(args['collection']), without(args, 'collection')),
  modifyCollection: (database, args) => {
    const { collection, session, ...options } = args;
    return database.command(
      { collMod: collection, ...options },
      session === undefined ? {} : { session: session as ClientSession },
    );
  },
  listCollections: (database, args) =>
    database.listCollections((args['filter'] ?? {}) as Doc, without(args, 'filter')).toArray(),
  listCollectionNames: async (database, args) =>
    (
      await database
        .listCollections((args['filter'] ?? {}) as Doc, { ...without(args, 'filter'), nameOnly: true })
        .toArray()
    ).map(({ name }) => name),
};

export const SESSION_OPERATIONS: Record<string, Run<ClientSession>> = {
  startTransaction: async (session, args) => session.startTransaction(args),
  commitTransaction: (session) => session.commitTransaction(),
  abortTransaction: (session) => session.abortTransaction(),
  endSession: (session) => session.endSession(),
  withTransaction: (session, args, entities) =>
    session.withTransaction(
      async () => {
        for (const operation of args['callback'] as Operation[]) await runOperation(entities, operation);
      },
      readOptions(without(args, 'callback')),
    ),
};

export const CURSOR_OPERATIONS: Record<string, Run<AbstractCursor>> = {
  iterateUntilDocumentOrError: (cursor) => cursor.next(),
  iterateOnce: (cursor) => cursor.tryNext(),
  close: (cursor) => cursor.close(),
};

/** What the driver calls the states that the format names; of what is committed without a statement it says more. */
const TRANSACTION_STATES: Record<string, string> = {
  none: 'NO_TRANSACTION',
  starting: 'STARTING_TRANSACTION',
  in_progress: 'TRANSACTION_IN_PROGRESS',
  committed: 'TRANSACTION_COMMITTED',
  aborted: 'TRANSACTION_ABORTED',
};

/** The operations of the runner itself, which look at sessions, collections and indexes. */
export const RUNNER_OPERATIONS: Record<string, Run<null>> = {
  assertSessionTransactionState: async (_none, args) => {
    const { transaction } = args['session'] as { transaction: { state: string } };
    const wanted = TRANSACTION_STATES[String(args['state'])];
    expectThat(transaction.state.startsWith(String(wanted)), `the transaction is ${transaction.state}`);
  },
  assertSessionPinned: async () => expectThat(false, 'a session of a replica set is never pinned'),
  assertSessionUnpinned: async () => undefined,
  assertSessionDirty: async (_none, args) => expectThat(isDirty(args['session']), 'the session is not dirty'),
  assertSessionNotDirty: async (_none, args) => expectThat(!isDirty(args['session']), 'the session is dirty'),
  assertSameLsidOnLastTwoCommands: async (_none, args, entities) =>
    expectThat(hasSameLsid(args, entities), 'two sessions'),
  assertDifferentLsidOnLastTwoCommands: async (_none, args, entities) =>
    expectThat(!hasSameLsid(args, entities), 'one session'),
  assertCollectionExists: async (_none, args, entities) =>
    expectThat(await hasCollection(args, entities), 'no such collection'),
  assertCollectionNotExists: async (_none, args, entities) =>
    expectThat(!(await hasCollection(args, entities)), 'there is that collection'),
  assertIndexExists: async (_none, args, entities) => expectThat(await hasIndex(args, entities), 'no such index'),
  assertIndexNotExists: async (_none, args, entities) =>
    expectThat(!(await hasIndex(args, entities)), 'there is that index'),
  wait: (_none, args) => new Promise((done) => setTimeout(done, Number(args['ms']))),
};

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

function isDirty(session: unknown): boolean {
  return (session as { serverSession: { isDirty: boolean } }).serverSession.isDirty;
}

function hasSameLsid(args: Doc, { clients }: Entities): boolean {
  const { events } = clients.get(String(args['client']))!;
  const started = events.filter(({ type }) => type === 'commandStartedEvent').slice(-2);
  const [a, b] = started.map(({ event }) => JSON.stringify((event['command'] as Doc)['lsid']));
  return a === b;
}

/** Looks by a client of its own, whose commands no case observes. */
async function outside<T>({ uri }: Entities, look: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri);
  try {
    return await look(client);
  } finally {
    await client.close();
  }
}

function hasCollection({ databaseName, collectionName: name }: Doc, entities: Entities): Promise<boolean> {
  return outside(entities, async (client) => {
    const found = await client.db(String(databaseName)).listCollections({ name }).toArray();
    return found.length > 0;
  });
}

function hasIndex({ databaseName, collectionName, indexName }: Doc, entities: Entities): Promise<boolean> {
  return outside(entities, async (client) => {
    const collection = client.db(String(databaseName)).collection(String(collectionName));
    const indexes = await collection
      .listIndexes()
      .toArray()
      .catch(() => []);
    return indexes.some(({ name }) => name === indexName);
  });
}

/** Names of entities among the arguments, in place of which the operation gets the entities. */
export function withSession(args: Doc, entities: Entities): Doc {
  return typeof args['session'] === 'string' ? { ...args, session: entity(entities, args['session']) } : args;
}
