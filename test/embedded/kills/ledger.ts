import type { Collection } from 'mongodb';

export interface Kept {
  _id: number;
  v: number;
  /** Twice `v`, so that a half write would show. */
  twice: number;
  tags: string[];
  pad: string;
}

/** What a client knows of one document: what was acknowledged last, and what was sent without an answer. */
interface Known {
  acknowledged: Kept | null;
  sent: { result: Kept | null } | null;
}

export type Ledger = Map<number, Known>;

const kept = (_id: number, v: number): Kept => ({
  _id,
  v,
  twice: v * 2,
  tags: [`t${v % 7}`, `u${v % 11}`],
  pad: 'x'.repeat(v % 3000),
});

/** A client that writes to documents of its own, one command after another, until its store is gone. Gives how many were done. */
export async function writeUntilGone(docs: Collection<Kept>, ledger: Ledger, first: number): Promise<number> {
  let next = first;
  for (let done = 0; ; done++) {
    const changes = chooseChanges(ledger, next);
    next += changes.filter(({ id }) => id === next).length === 0 ? 0 : changes.length;
    for (const { id, result } of changes) {
      ledger.set(id, { acknowledged: ledger.get(id)?.acknowledged ?? null, sent: { result } });
    }
    try {
      await send(docs, changes);
    } catch {
      return done;
    }
    for (const { id, result } of changes) ledger.set(id, { acknowledged: result, sent: null });
  }
}

interface Change {
  id: number;
  result: Kept | null;
}

const below = (count: number): number => Math.floor(Math.random() * count);
let values = Date.now();

function chooseChanges(ledger: Ledger, next: number): Change[] {
  const living = [...ledger].filter(([, { acknowledged }]) => acknowledged !== null);
  const [id] = living[below(living.length)] ?? [];
  const what = below(10);
  if (id === undefined || what < 4) return [{ id: next, result: kept(next, values++) }];
  if (what === 4) return Array.from({ length: 20 }, (_, i) => ({ id: next + i, result: kept(next + i, values++) }));
  return [{ id, result: what < 8 ? kept(id, values++) : null }];
}

async function send(docs: Collection<Kept>, changes: Change[]): Promise<void> {
  const [{ id, result }] = changes as [Change];
  if (changes.length > 1) await docs.insertMany(changes.map((change) => change.result!));
  else if (result === null) await docs.deleteOne({ _id: id });
  else await docs.replaceOne({ _id: id }, result, { upsert: true });
}

/** What is wrong with a document that a store has after its end; null when it is as the client knows. */
export function faultOf(found: Kept | null, { acknowledged, sent }: Known): string | null {
  if (found !== null && found.twice !== found.v * 2) return 'half written';
  const same = (known: Kept | null) => JSON.stringify(known) === JSON.stringify(found);
  if (same(acknowledged) || (sent !== null && same(sent.result))) return null;
  return acknowledged === null ? 'there, though it was removed' : 'not as it was acknowledged';
}
