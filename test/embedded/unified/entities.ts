import {
  type ClientSession,
  type ClientSessionOptions,
  type Collection,
  type Db,
  MongoClient,
  type MongoClientOptions,
  ReadConcern,
  ReadPreference,
  WriteConcern,
} from 'mongodb';
import type { Doc } from './format.js';
import { Mismatch } from './matching.js';

export interface CommandEvent {
  type: string;
  event: Doc;
}

/** What a case works with, by the names that it gives. */
export interface Entities {
  uri: string;
  byId: Map<string, unknown>;
  clients: Map<string, { client: MongoClient; events: CommandEvent[] }>;
}

export function newEntities(uri: string): Entities {
  return { uri, byId: new Map(), clients: new Map() };
}

/** Errors: Mismatch when there is none of that name. */
export function entity<T>(entities: Entities, id: unknown): T {
  const found = entities.byId.get(String(id));
  if (found === undefined) throw new Mismatch(`there is no entity '${String(id)}'`);
  return found as T;
}

export async function closeEntities({ byId, clients }: Entities): Promise<void> {
  for (const value of byId.values()) if (isSession(value)) await value.endSession().catch(() => undefined);
  for (const { client } of clients.values()) await client.close();
}

function isSession(value: unknown): value is ClientSession {
  return typeof (value as ClientSession | null)?.endSession === 'function';
}

export async function createEntity(entities: Entities, description: Record<string, Doc>): Promise<void> {
  const [kind, given] = Object.entries(description)[0]!;
  const id = String(given['id']);
  if (kind === 'client') entities.byId.set(id, await createClient(entities, id, given));
  else if (kind === 'database') {
    const client = entity<MongoClient>(entities, given['client']);
    entities.byId.set(id, client.db(String(given['databaseName']), readOptions(given['databaseOptions'])));
  } else if (kind === 'collection') {
    const database = entity<Db>(entities, given['database']);
    const options = readOptions(given['collectionOptions']);
    entities.byId.set(id, database.collection(String(given['collectionName']), options) as Collection);
  } else if (kind === 'session') {
    const client = entity<MongoClient>(entities, given['client']);
    entities.byId.set(id, client.startSession(readOptions(given['sessionOptions']) as ClientSessionOptions));
  } else throw new Mismatch(`entities of the kind ${kind} are not known to this runner`);
}

const NEVER_OBSERVED = ['configureFailPoint', 'hello', 'ismaster', 'isMaster', 'endSessions'];
const EVENTS: Record<string, 'commandStarted' | 'commandSucceeded' | 'commandFailed'> = {
  commandStartedEvent: 'commandStarted',
  commandSucceededEvent: 'commandSucceeded',
  commandFailedEvent: 'commandFailed',
};

async function createClient(entities: Entities, id: string, given: Doc): Promise<MongoClient> {
  const uri = new URL(entities.uri);
  for (const [name, value] of Object.entries((given['uriOptions'] ?? {}) as Doc))
    uri.searchParams.set(name, String(value));
  const client = new MongoClient(uri.href, { monitorCommands: true } satisfies MongoClientOptions);
  const events: CommandEvent[] = [];
  const ignored = [...NEVER_OBSERVED, ...((given['ignoreCommandMonitoringEvents'] ?? []) as string[])];
  for (const type of (given['observeEvents'] ?? []) as string[]) {
    const name = EVENTS[type];
    if (name === undefined) continue;
    client.on(name, (event: { commandName: string }) => {
      if (!ignored.includes(event.commandName)) events.push({ type, event: event as unknown as Doc });
    });
  }
  await client.connect();
  entities.clients.set(id, { client, events });
  return client;
}

/** Options in which concerns and preferences are documents, as the driver's own classes. */
export function readOptions(given: unknown): Doc {
  const options: Doc = { ...((given ?? {}) as Doc) };
  const concern = (value: unknown) => value as { level: never; w?: never; mode: never };
  if (options['readConcern'] !== undefined)
    options['readConcern'] = new ReadConcern(concern(options['readConcern']).level);
  if (options['writeConcern'] !== undefined) {
    const { w, wtimeoutMS, journal } = options['writeConcern'] as Doc;
    options['writeConcern'] = new WriteConcern(w as never, wtimeoutMS as never, journal as never);
  }
  if (options['readPreference'] !== undefined) {
    const { mode, tagSets, maxStalenessSeconds } = options['readPreference'] as Doc;
    const more = maxStalenessSeconds === undefined ? {} : { maxStalenessSeconds: Number(maxStalenessSeconds) };
    const driverMode = String(mode).replace(/^./, (first) => first.toLowerCase());
    options['readPreference'] = new ReadPreference(driverMode as never, tagSets as never, more);
  }
  if (options['defaultTransactionOptions'] !== undefined)
    options['defaultTransactionOptions'] = readOptions(options['defaultTransactionOptions']);
  return options;
}
