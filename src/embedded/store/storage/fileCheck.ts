import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { checkValue } from './layout.js';
import { Damaged } from './sealed.js';

/**
 * Reads an LMDB file as it lies on the disk, without LMDB, which trusts what it maps and may bring the process down. The format
 * is that of liblmdb's mdb.c, data version 2: pages with a header of 24 bytes, two meta pages, B+ trees of branches and leaves.
 */
const HEADER = 24;
const MAGIC = 0xbeefc0de;
const DATA_VERSION = 2;
const NODE_HEADER = 8;
const BRANCH = 1;
const LEAF = 2;
const OVERFLOW = 4;
const BIG_DATA = 1;
const NO_PAGE = 2n ** 64n - 1n;
const FREE_TREE = HEADER + 24;
const MAIN_TREE = FREE_TREE + 48;
const LAST_PAGE = MAIN_TREE + 48;
const META_BYTES = LAST_PAGE + 24;
const DEEPEST = 32;

interface File {
  pageBytes: number;
  pages: number;
  read(page: number, count?: number): Buffer;
  /** Milliseconds of the clock after which no more is read. */
  until: number;
}

interface Tree {
  root: bigint;
  entries: number;
}

interface Meta {
  txn: bigint;
  pageBytes: number;
  lastPage: number;
  free: Tree;
  main: Tree;
}

/**
 * Checks the pages of a file, and the checksums of what they hold, as far as the time goes; gives whether all was read.
 * Errors: Damaged; those of the file system.
 */
export function checkFile(name: string, until: number): boolean {
  const handle = openSync(name, 'r');
  try {
    const { size } = fstatSync(handle);
    if (size === 0) return true;
    const meta = readMeta(handle, size);
    const { pageBytes } = meta;
    const read = (page: number, count = 1): Buffer => {
      const bytes = Buffer.allocUnsafe(pageBytes * count);
      if (page + count > meta.lastPage + 1 || readSync(handle, bytes, 0, bytes.length, page * pageBytes) < bytes.length)
        throw new Damaged(`it ends before page ${page}`);
      return bytes;
    };
    const file: File = { pageBytes, pages: meta.lastPage + 1, read, until };
    const isFreeRead = checkTree(file, meta.free, () => undefined);
    return checkTree(file, meta.main, checkValue) && isFreeRead;
  } finally {
    closeSync(handle);
  }
}

/** The meta page of the last commit. */
function readMeta(handle: number, size: number): Meta {
  const first = metaAt(handle, 0);
  const second = metaAt(handle, first?.pageBytes ?? 4096);
  const metas = [first, second].filter((meta) => meta !== null).sort((a, b) => Number(b.txn - a.txn));
  const last = metas[0];
  if (metas.length < 2 || last === undefined) throw new Damaged('its first pages are not those of a store');
  if (size < 2 * last.pageBytes) throw new Damaged('it ends too early');
  return last;
}

function metaAt(handle: number, place: number): Meta | null {
  const bytes = Buffer.alloc(META_BYTES);
  readSync(handle, bytes, 0, META_BYTES, place);
  const isMeta = bytes.readUInt32LE(HEADER) === MAGIC && bytes.readUInt16LE(HEADER + 4) === DATA_VERSION;
  const pageBytes = bytes.readUInt32LE(FREE_TREE);
  if (!isMeta || pageBytes < 512 || pageBytes > 65_536) return null;
  return {
    txn: bytes.readBigUInt64LE(LAST_PAGE + 8),
    pageBytes,
    lastPage: Number(bytes.readBigUInt64LE(LAST_PAGE)),
    free: treeAt(bytes, FREE_TREE),
    main: treeAt(bytes, MAIN_TREE),
  };
}

function treeAt(bytes: Buffer, place: number): Tree {
  return { entries: Number(bytes.readBigUInt64LE(place + 32)), root: bytes.readBigUInt64LE(place + 40) };
}

type CheckValue = (key: Buffer, value: Buffer) => void;

function checkTree(file: File, { root, entries }: Tree, check: CheckValue): boolean {
  if (root === NO_PAGE) return true;
  const walk: Walk = { file, check, last: null, found: 0, isCut: false };
  checkPage(walk, root, 0);
  if (walk.isCut) return false;
  if (walk.found !== entries) throw new Damaged(`it has ${walk.found} entries instead of ${entries}`);
  return true;
}

interface Walk {
  file: File;
  check: CheckValue;
  /** The key that was read last. */
  last: Buffer | null;
  found: number;
  isCut: boolean;
}

function checkPage(walk: Walk, number: bigint, depth: number): void {
  if (Date.now() > walk.file.until) walk.isCut = true;
  if (walk.isCut) return;
  const { bytes, flags } = pageAt(walk.file, number);
  const what = `page ${number}`;
  if ((flags !== BRANCH && flags !== LEAF) || depth > DEEPEST) throw new Damaged(`${what} is of no known kind`);
  const lower = bytes.readUInt16LE(20);
  const upper = bytes.readUInt16LE(22);
  const room = walk.file.pageBytes - HEADER;
  if (lower > upper || upper > room || lower % 2 !== 0) throw new Damaged(`${what} has bounds that cannot be`);
  for (let i = 0; i < lower / 2; i++) {
    const node = bytes.readUInt16LE(HEADER + i * 2);
    if (node < upper || node + NODE_HEADER > room) throw new Damaged(`${what} has a node out of place`);
    if (flags === LEAF) checkLeafNode(walk, bytes.subarray(HEADER), node, what);
    else checkPage(walk, childOf(bytes, HEADER + node), depth + 1);
  }
}

function pageAt({ pages, read }: File, number: bigint): { bytes: Buffer; flags: number } {
  if (number < 2n || number >= BigInt(pages)) throw new Damaged(`there is no page ${number}`);
  const bytes = read(Number(number));
  if (bytes.readBigUInt64LE(0) !== number) throw new Damaged(`page ${number} is not where it should be`);
  return { bytes, flags: bytes.readUInt16LE(18) };
}

function childOf(bytes: Buffer, node: number): bigint {
  return BigInt(bytes.readUInt32LE(node)) + (BigInt(bytes.readUInt16LE(node + 4)) << 32n);
}

function checkLeafNode(walk: Walk, bytes: Buffer, node: number, what: string): void {
  const size = bytes.readUInt32LE(node);
  const flags = bytes.readUInt16LE(node + 4);
  const keyBytes = bytes.readUInt16LE(node + 6);
  const start = node + NODE_HEADER + keyBytes;
  const isBig = flags === BIG_DATA;
  if ((flags !== 0 && !isBig) || start + (isBig ? 24 : size) > bytes.length)
    throw new Damaged(`${what} has a node that cannot be`);
  const key = bytes.subarray(node + NODE_HEADER, start);
  // The keys of the tree of free pages are numbers, whose order is not that of their bytes.
  if (walk.check === checkValue && walk.last !== null && Buffer.compare(walk.last, key) >= 0)
    throw new Damaged(`${what} has keys out of order`);
  walk.last = Buffer.from(key);
  walk.found++;
  walk.check(key, isBig ? overflowAt(walk.file, bytes, start, size) : bytes.subarray(start, start + size));
}

function overflowAt(file: File, bytes: Buffer, place: number, size: number): Buffer {
  const first = bytes.readBigUInt64LE(place);
  const { flags } = pageAt(file, first);
  if ((flags & OVERFLOW) === 0) throw new Damaged(`page ${first} is of no known kind`);
  return file.read(Number(first), Math.ceil((HEADER + size) / file.pageBytes)).subarray(HEADER, HEADER + size);
}
