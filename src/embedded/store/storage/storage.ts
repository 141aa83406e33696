import { open } from 'lmdb';
import { equal } from '../compare.js';
import type { Doc } from '../values.js';
import { access, snapshotOf } from './access.js';
import { type Claims, createClaims, type Guard, plainGuard } from './claims.js';
import { type Discarding, discarding } from './discard.js';
import { createDocCache, type DocCache } from './docCache.js';
import { OWNER } from './layout.js';
import { sealDoc, unsealDoc } from './sealed.js';

/** A stretch of keys, the end not included. */
export interface Range {
  start: Buffer;
  end: Buffer;
}

/** How the next keys of a stretch are read. */
export interface Reading {
  limit: number;
  backward?: boolean;
  /** Whether the start, when it is itself a key, has been read already. */
  isAfterStart?: boolean;
}

/**
 * The files of the store. What is read is what the last commit left, or within a writing what it has done so far itself:
 * one synchronous run of reads sees one state.
 */
export interface Storage extends Discarding {
  /** Who serves these files, or last did; null after an orderly end. */
  owner(): Doc | null;
  /** Names the next owner, if `before` is still the owner: of several processes at once exactly one succeeds. */
  changeOwner(before: Doc | null, next: Doc | null): boolean;
  /**
   * Carries out a change in one go. All changes of one turn, and those that arrive during a commit, share the next one.
   * Settles when it is on the disk, with what `act` gave or threw. Errors: DiskFailure.
   */
  write<T>(act: () => T): Promise<T>;
  /** The same, waiting for the disk: for small changes that nobody waits for. */
  writeNow<T>(act: () => T): T;
  isWriting(): boolean;
  /** Has something done once, at the end of the change that is under way. */
  beforeEnd(of: object, act: () => void): void;
  /** Has something done when the change that is under way is on the disk. */
  afterCommit(act: () => void): void;
  /** The bytes under a key, good until the next read. */
  get(key: Buffer): Buffer | undefined;
  put(key: Buffer, value: Buffer): void;
  remove(key: Buffer): void;
  /** The first keys of a stretch, or the last ones, from there back. */
  keys(range: Range, reading: Reading): Buffer[];
  /** How many keys a stretch has, when it is fewer than `most`; else `most`. */
  count(range: Range, most: number): number;
  /** What is left of the last commit for whoever keeps on reading it, while others write. */
  snapshot(): Snapshot;
  /** Asked before each change. */
  readonly guard: Guard;
  readonly claims: Claims;
  readonly cache: DocCache;
  /** The number that the next collection or index gets. */
  readonly ids: { next: number };
  /** Writes a copy of the last commit into an empty directory, while the store goes on. */
  copyTo(directory: string): Promise<void>;
  close(): Promise<void>;
}

/** One state of the files. It takes room in them until it is released, after which it must not be read. */
export interface Snapshot extends Pick<Storage, 'get' | 'keys' | 'count'> {
  release(): void;
}

/** Thrown when LMDB could not write: nothing must be acknowledged any more. */
export class DiskFailure extends Error {
  constructor(cause: unknown) {
    super('The embedded store cannot write to its disk', { cause });
    this.name = 'DiskFailure';
  }
}

export type Lmdb = ReturnType<typeof open<Buffer, Buffer>>;

/**
 * Opens or creates the files in a directory. Errors: LMDB's own when they cannot be read.
 * @param flush false only for tests, which lose nothing with the machine's power
 */
export function openStorage(directory: string, flush = true): Storage {
  // Without overlapping sync a commit that is reported is one that the disk has.
  const lmdb = open<Buffer, Buffer>({
    path: directory,
    encoding: 'binary',
    keyEncoding: 'binary',
    overlappingSync: false,
    noSubdir: false,
    noSync: !flush,
    maxReaders: MOST_READERS,
    ...FREE_PAGES,
  });
  const basis = { ...ownership(lmdb), ...changes(lmdb), ...access(lmdb) };
  const claims = createClaims();
  return {
    ...basis,
    ...discarding(basis),
    snapshot: () => snapshotOf(lmdb, basis.isWriting),
    claims,
    guard: plainGuard(claims),
    cache: createDocCache(basis),
    ids: { next: 1 },
    copyTo: (copy) => lmdb.backup(copy, false),
    close: () => lmdb.close(),
  };
}

/**
 * How many entries of its list of free pages LMDB loads, before it looks no further for room and takes new pages. At each commit
 * it goes through all that it has loaded: of its own 50 000 after a great many writes, that took 20 ms, and 170 ms after a purge.
 * The files grow no faster. An option of its native part (src/env.cpp), which its types leave out.
 */
const FREE_PAGES = { maxFreeSpaceToLoad: 2000 };

/** More than there are snapshots at a time. */
const MOST_READERS = 512;

/** Read and changed in writing transactions, of which LMDB allows one at a time across all processes. */
function ownership(lmdb: Lmdb): Pick<Storage, 'owner' | 'changeOwner'> {
  const read = () => {
    const bytes = lmdb.get(OWNER);
    return bytes === undefined ? null : unsealDoc(bytes, 'the name of its owner');
  };
  return {
    owner: () => lmdb.transactionSync(read),
    changeOwner: (before, next) =>
      lmdb.transactionSync(() => {
        if (!equal(read(), before)) return false;
        if (next === null) lmdb.removeSync(OWNER);
        else lmdb.putSync(OWNER, sealDoc(next));
        return true;
      }),
  };
}

type Changes = Pick<Storage, 'write' | 'writeNow' | 'isWriting' | 'beforeEnd' | 'afterCommit'>;
type Outcome<T> = { value: T } | { error: unknown };

function changes(lmdb: Lmdb): Changes {
  let ending: Map<object, () => void> | null = null;
  let committing: (() => void)[] = [];
  const run = <T>(act: () => T): Outcome<T> & { committed: (() => void)[] } => {
    ending = new Map();
    committing = [];
    const committed = committing;
    let outcome: Outcome<T>;
    try {
      outcome = { value: act() };
    } catch (error) {
      // What was done before the error stays, as the statements of a batch do.
      outcome = { error };
    }
    for (const end of ending.values()) end();
    ending = null;
    return { ...outcome, committed };
  };
  const settle = <T>({ committed, ...outcome }: ReturnType<typeof run<T>>): T => {
    for (const act of committed) act();
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  };
  const failed = (cause: unknown): never => {
    throw new DiskFailure(cause);
  };
  return {
    write: async (act) => settle(await lmdb.transaction(() => run(act)).catch(failed)),
    writeNow: (act) => settle(lmdb.transactionSync(() => run(act), WAITING)),
    isWriting: () => ending !== null,
    beforeEnd: (of, act) => {
      ending?.set(of, act);
    },
    afterCommit: (act) => {
      committing.push(act);
    },
  };
}

/** A commit that returns when it is on the disk, and is not taken back. */
const WAITING = 2;
