import { once } from 'node:events';
import { MongoClient } from 'mongodb';
import { startStore } from '../../../src/embedded/store/startStore.js';
import { faultOf, type Kept, type Ledger, writeUntilGone } from './ledger.js';

const CLIENTS = 6;
/** Each client's documents have numbers of their own. */
const APART = 10_000_000;

export interface Killed {
  acknowledged: number;
  /** Documents that were compared after the kills, all told. */
  compared: number;
}

/**
 * Kills a store as often as told while clients write, and compares what it then has with what they know: nothing that was
 * acknowledged is lost, nothing is half written, and indexes and documents agree. Throws when it is not so.
 * @param script the compiled entry of the store
 */
export async function killStore(dataDir: string, kills: number, script?: string): Promise<Killed> {
  const ledgers: Ledger[] = Array.from({ length: CLIENTS }, () => new Map());
  const killed: Killed = { acknowledged: 0, compared: 0 };
  for (let round = 0; round <= kills; round++) {
    const store = await startStore({ dataDir, ...(script !== undefined && { script }) });
    const client = await MongoClient.connect(store.uri, { retryWrites: false, serverSelectionTimeoutMS: 2000 });
    try {
      const db = client.db();
      const docs = db.collection<Kept>('kept');
      if (round === 0) await docs.createIndexes([{ key: { v: 1 }, unique: true }, { key: { tags: 1, v: -1 } }]);
      killed.compared += compare(await docs.find().toArray(), ledgers);
      const { valid, errors } = await db.command({ validate: 'kept' });
      if (!valid) throw new Error(`After kill ${round}: ${errors.join('; ')}`);
      if (round === kills) return killed;
      const writing = ledgers.map((ledger, i) => writeUntilGone(docs, ledger, i * APART + ledger.size + 1));
      await new Promise((later) => setTimeout(later, 20 + Math.random() * 150));
      store.process.kill('SIGKILL');
      await once(store.process, 'exit');
      await client.close(true);
      for (const done of await Promise.all(writing)) killed.acknowledged += done;
    } finally {
      await client.close(true);
      await store.stop();
    }
  }
  return killed;
}

function compare(found: Kept[], ledgers: Ledger[]): number {
  const present = new Map(found.map((doc) => [doc._id, doc]));
  let compared = 0;
  for (const ledger of ledgers) {
    for (const [id, known] of ledger) {
      const doc = present.get(id) ?? null;
      const fault = faultOf(doc, known);
      if (fault !== null)
        throw new Error(`Document ${id} is ${fault}: ${JSON.stringify({ doc, known }).slice(0, 300)}`);
      ledger.set(id, { acknowledged: doc, sent: null });
      present.delete(id);
      compared++;
    }
  }
  if (present.size > 0) throw new Error(`${present.size} documents that nobody wrote`);
  return compared;
}
