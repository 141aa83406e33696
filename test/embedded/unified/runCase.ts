import { MongoClient } from 'mongodb';
import { closeEntities, createEntity, type Entities, entity, newEntities } from './entities.js';
import type { Case, CaseFile, CollectionData, Doc, ExpectedEvents } from './format.js';
import { Mismatch, match } from './matching.js';
import { runOperation } from './operations.js';

/** Runs one case of a file against a server, from an empty start. Errors: Mismatch, and those of the driver. */
export async function runCase(uri: string, file: CaseFile, one: Case): Promise<void> {
  const outside = new MongoClient(uri);
  const entities = newEntities(uri);
  try {
    for (const data of file.initialData ?? []) await fill(outside, data);
    for (const description of file.createEntities ?? []) await createEntity(entities, description);
    for (const operation of one.operations) await runOperation(entities, operation);
    for (const expected of one.expectEvents ?? []) matchEvents(entities, expected);
    for (const data of one.outcome ?? []) await matchOutcome(outside, data);
  } finally {
    await closeEntities(entities);
    await outside.close();
  }
}

async function fill(client: MongoClient, { databaseName, collectionName, createOptions, documents }: CollectionData) {
  const database = client.db(databaseName);
  await database.dropCollection(collectionName).catch(() => undefined);
  if (documents.length === 0 || createOptions !== undefined)
    await database.createCollection(collectionName, createOptions ?? {});
  if (documents.length > 0) await database.collection(collectionName).insertMany(documents);
}

function matchEvents(entities: Entities, { client, eventType, events, ignoreExtraEvents }: ExpectedEvents): void {
  if (eventType !== undefined && eventType !== 'command') return;
  const lookup = (id: string) => entity(entities, id);
  const seen = entities.clients.get(client)!.events;
  if (ignoreExtraEvents === true ? seen.length < events.length : seen.length !== events.length) {
    const names = seen.map(({ type, event }) => `${type} ${String(event['commandName'])}`);
    throw new Mismatch(`${events.length} events are expected, there were ${seen.length}: ${names.join(', ')}`);
  }
  for (const [i, expected] of events.entries()) {
    const [type, wanted] = Object.entries(expected)[0] as [string, Doc];
    const where = `event ${i}`;
    if (seen[i]!.type !== type) throw new Mismatch(`${where} is ${seen[i]!.type}, not ${type}`);
    for (const field of ['command', 'reply', 'commandName', 'databaseName'])
      if (wanted[field] !== undefined) match(wanted[field], seen[i]!.event[field], lookup, `${where}.${field}`);
  }
}

async function matchOutcome(client: MongoClient, { databaseName, collectionName, documents }: CollectionData) {
  const collection = client.db(databaseName).collection(collectionName);
  const found = await collection.find({}, { sort: { _id: 1 } }).toArray();
  match(documents, found, () => undefined, `outcome of ${collectionName}`, false);
}
