import { open } from 'lmdb';
import { equal } from './compare.js';
import { type Doc, decode, encode } from './values.js';

/**
 * The durable copy of the documents, in LMDB. Writes of one turn of the event loop, and all that arrive while a commit is
 * under way, share one transaction; each commit is flushed to the disk before it counts as done.
 */
export interface Durability {
  /** Who serves these files, or last did; null after an orderly end. */
  owner(): Doc | null;
  /** Names the next owner, if `before` is still the owner: of several processes at once exactly one succeeds. */
  changeOwner(before: Doc | null, next: Doc | null): boolean;
  /** Each collection's description (document number 0), then its documents in order of insertion. */
  docs(): Iterable<{ collection: number; no: number; doc: Doc }>;
  putCollection(id: number, description: Doc): void;
  putDoc(collection: number, no: number, bytes: Uint8Array): void;
  removeDoc(collection: number, no: number): void;
  /** Settles when every write made so far is on the disk. Errors: the first failure of LMDB, for ever after. */
  written(): Promise<void>;
  close(): Promise<void>;
}

/** A collection's description is kept at document number 0; documents count from 1. */
export const DESCRIPTION = 0;

/** Collections count from 1. */
const OWNER = keyOfDoc(0, 0);

/**
 * Opens or creates the files in a directory. Errors: LMDB's own when they cannot be read.
 * @param flush false only for tests, which lose nothing with the machine's power
 */
export function openDurability(directory: string, flush = true): Durability {
  // Without overlapping sync a commit that is reported is one that the disk has.
  const lmdb = open<Buffer, Buffer>({
    path: directory,
    encoding: 'binary',
    keyEncoding: 'binary',
    overlappingSync: false,
    noSubdir: false,
    noSync: !flush,
  });
  const writes = trackWrites();
  return {
    ...ownership(lmdb),
    docs: () => entries(lmdb),
    putCollection: (id, description) =>
      writes.track(() => lmdb.put(keyOfDoc(id, DESCRIPTION), Buffer.from(encode(description)))),
    putDoc: (collection, no, bytes) => writes.track(() => lmdb.put(keyOfDoc(collection, no), bytes as Buffer)),
    removeDoc: (collection, no) => writes.track(() => lmdb.remove(keyOfDoc(collection, no))),
    written: writes.written,
    close: async () => {
      await writes.written().catch(() => undefined);
      await lmdb.close();
    },
  };
}

type Lmdb = ReturnType<typeof open<Buffer, Buffer>>;

/** LMDB commits in order: when the last write is done, all are. */
function trackWrites() {
  let last: Promise<unknown> = Promise.resolve();
  let failure: Error | null = null;
  const fail = (error: unknown) => {
    failure ??= error as Error;
  };
  return {
    track: (write: () => Promise<unknown>) => {
      try {
        last = write();
        last.catch(fail);
      } catch (error) {
        fail(error);
      }
    },
    written: async () => {
      await last;
      if (failure !== null) throw failure;
    },
  };
}

/** Read and changed in writing transactions, of which LMDB allows one at a time across all processes. */
function ownership(lmdb: Lmdb): Pick<Durability, 'owner' | 'changeOwner'> {
  const read = () => {
    const bytes = lmdb.get(OWNER);
    return bytes === undefined ? null : decode(bytes);
  };
  return {
    owner: () => lmdb.transactionSync(read),
    changeOwner: (before, next) =>
      lmdb.transactionSync(() => {
        if (!equal(read(), before)) return false;
        if (next === null) lmdb.removeSync(OWNER);
        else lmdb.putSync(OWNER, Buffer.from(encode(next)));
        return true;
      }),
  };
}

function* entries(lmdb: Lmdb) {
  for (const { key, value } of lmdb.getRange({ start: keyOfDoc(1, 0) })) {
    yield { collection: key.readUInt32BE(0), no: Number(key.readBigUInt64BE(4)), doc: decode(value) };
  }
}

/** Big-endian, so that LMDB's byte order is the order of collections, then of insertion. */
function keyOfDoc(collection: number, no: number): Buffer {
  const key = Buffer.allocUnsafe(12);
  key.writeUInt32BE(collection, 0);
  key.writeBigUInt64BE(BigInt(no), 4);
  return key;
}
