import { BSON, type Collection, type Document, MongoClient, type Sort } from 'mongodb';
import { compare } from '../../../src/embedded/store/compare.js';
import { decode } from '../../../src/embedded/store/values.js';
import { startTestStore } from '../../support/startStore.js';
import { type Doc, passes, sortKey } from './obviousMatch.js';
import { chooseSteps, type Step } from './steps.js';

export interface Compared {
  steps: number;
  finds: number;
  /** As many of them were explained. */
  explained: number;
  /** Those that explain says an index was used for. */
  indexed: number;
  refused: number;
}

/**
 * Does random writes and queries to a collection with indexes, to one without, and to a model that is an array read from end to
 * end; throws at the first answer that differs. Indexes change every now and then.
 */
export async function compareWithModel(count: number, seed: number): Promise<Compared> {
  const store = await startTestStore();
  const client = await MongoClient.connect(store.uri);
  const both = [client.db().collection('indexed'), client.db().collection('plain')] as Both;
  const model: Doc[] = [];
  const compared: Compared = { steps: 0, finds: 0, explained: 0, indexed: 0, refused: 0 };
  try {
    for (const step of chooseSteps(count, seed)) {
      compared.steps++;
      await doStep(step, both, model, compared).catch((error: unknown) => {
        throw new Error(`Step ${compared.steps}, seed ${seed}: ${BSON.EJSON.stringify(step)}`, { cause: error });
      });
    }
    for (const name of ['indexed', 'plain']) {
      const { valid, errors } = await client.db().command({ validate: name });
      if (valid !== true) throw new Error(`${name}: ${errors}`);
    }
    return compared;
  } finally {
    await client.close();
    await store.stop();
  }
}

type Both = [indexed: Collection<Document>, plain: Collection<Document>];

const EXPLAINED = 4;

/** In the form that the store keeps documents in, so that both sides compare alike. */
const asRead = (doc: Doc): Doc => decode(BSON.serialize(doc));
const RAW = { promoteValues: false, promoteLongs: false, bsonRegExp: true, raw: true } as const;

async function doStep(step: Step, [indexed, plain]: Both, model: Doc[], compared: Compared): Promise<void> {
  switch (step.kind) {
    case 'indexes':
      await indexed.drop();
      await indexed.createIndex({ k: 1 }, { unique: true, sparse: true });
      for (const { key, ...options } of step.indexes)
        await indexed.createIndex(key as never, options).catch(onlyParallel);
      for (const doc of [...model]) {
        const isRefused = await indexed.insertOne({ ...doc }).then(() => false, onlyParallel);
        if (isRefused) await forget(doc, [indexed, plain], model);
      }
      return;
    case 'insert': {
      const doc = asRead(step.doc);
      const isDouble = 'k' in doc && model.some((other) => other['k'] === doc['k']);
      if (await isRefused(indexed.insertOne({ ...step.doc }), isDouble, compared)) return;
      await plain.insertOne({ ...step.doc });
      model.push(doc);
      return;
    }
    case 'replace': {
      const before = model[step.at % Math.max(1, model.length)];
      if (before === undefined) return;
      const after = asRead({ _id: before['_id'], ...step.doc });
      const isDouble = 'k' in after && model.some((other) => other !== before && other['k'] === after['k']);
      const replaced = { _id: before['_id'] as never };
      if (await isRefused(indexed.replaceOne(replaced, step.doc), isDouble, compared)) return;
      await plain.replaceOne(replaced, step.doc);
      model[model.indexOf(before)] = after;
      return;
    }
    case 'set': {
      const set = { $set: { c: step.value } };
      const { c } = asRead({ c: step.value });
      const matched = model.filter((doc) => passes(doc, asRead(step.filter)));
      // One that enters a partial index may be refused there: then not all are changed at once.
      const isPartial = (await indexed.indexes()).some(({ partialFilterExpression: partial }) => partial !== undefined);
      for (const collection of isPartial ? [] : [indexed, plain])
        same((await collection.updateMany(step.filter, set)).matchedCount, matched.length, 'updated');
      for (const doc of matched) {
        const one = { _id: doc['_id'] as never };
        if (isPartial && (await isRefused(indexed.updateOne(one, set), false, compared))) continue;
        if (isPartial) await plain.updateOne(one, set);
        model[model.indexOf(doc)] = { ...doc, c };
      }
      return;
    }
    case 'remove': {
      const matched = model.filter((doc) => passes(doc, asRead(step.filter))).slice(0, 3);
      const filter = { _id: { $in: matched.map(({ _id }) => _id as never) } };
      for (const collection of [indexed, plain])
        same((await collection.deleteMany(filter)).deletedCount, matched.length, 'removed');
      for (const doc of matched) model.splice(model.indexOf(doc), 1);
      return;
    }
    case 'find':
      return compareFind(step, [indexed, plain], model, compared);
  }
}

async function forget(doc: Doc, both: Both, model: Doc[]): Promise<void> {
  for (const collection of both) await collection.deleteOne({ _id: doc['_id'] as never });
  model.splice(model.indexOf(doc), 1);
}

/** Two arrays under one compound index: refused by that index alone. */
function onlyParallel(error: { code?: number }): true {
  if (error.code !== 171) throw error;
  return true;
}

async function isRefused(write: Promise<unknown>, isDouble: boolean, compared: Compared): Promise<boolean> {
  const code = await write.then(
    () => null,
    (error: { code?: number }) => error.code ?? error,
  );
  if (code === null && !isDouble) return false;
  if (code !== 171 && (code !== 11000 || !isDouble))
    throw new Error(`Refused: ${String(code)}, duplicate: ${isDouble}`);
  compared.refused++;
  return true;
}

async function compareFind(
  { filter, sort, skip, limit }: Step & { kind: 'find' },
  both: Both,
  model: Doc[],
  compared: Compared,
) {
  const matching = model.filter((doc) => passes(doc, asRead(filter)));
  const byId = new Map(matching.map((doc) => [doc['_id'] as number, doc]));
  const keysOf = (doc: Doc) => Object.entries(sort).map(([path, way]) => sortKey(doc, path, way));
  const sorted = [...matching].sort((a, b) => inOrder(keysOf(a), keysOf(b), Object.values(sort)));
  const wanted = sorted.slice(skip, limit === 0 ? undefined : skip + limit);
  for (const collection of both) {
    const cursor = collection.find(filter, { sort: sort as Sort, skip, limit, batchSize: 40, ...RAW });
    const found = ((await cursor.toArray()) as unknown as Uint8Array[]).map((bytes) => decode(bytes));
    same(found.length, wanted.length, 'found');
    same(new Set(found.map(({ _id }) => String(_id))).size, found.length, 'distinct');
    found.forEach((doc, i) => {
      if (compare(byId.get(doc['_id'] as number), doc) !== 0) throw new Error(`Found ${BSON.EJSON.stringify(doc)}`);
      same(inOrder(keysOf(doc), keysOf(wanted[i]!), Object.values(sort)), 0, `order at ${i}`);
    });
    if (compared.finds % 3 === 0) same(await collection.countDocuments(filter), matching.length, 'counted');
  }
  compared.finds++;
  if (compared.finds % EXPLAINED > 0) return;
  compared.explained++;
  const { queryPlanner } = await both[0].find(filter, { sort: sort as Sort, skip, limit }).explain('queryPlanner');
  if (/IXSCAN|IDHACK/.test(JSON.stringify(queryPlanner.winningPlan))) compared.indexed++;
}

function inOrder(a: unknown[], b: unknown[], ways: number[]): number {
  for (const [i, way] of ways.entries()) {
    const order = compare(a[i], b[i]) * way;
    if (order !== 0) return order;
  }
  return 0;
}

function same(found: number, wanted: number, what: string): void {
  if (found !== wanted) throw new Error(`${what}: ${found} instead of ${wanted}`);
}
