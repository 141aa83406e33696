import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { BadSettings } from '../../errors.js';
import type { Storage } from './storage/storage.js';
import { type Doc, encode } from './values.js';

/** What DATA_DIR/store.json says: where the store of that directory answers, and which process it is. */
export interface StoreAddress {
  uri: string;
  pid: number;
}

const FILE = 'store.json';
const PING_MS = 2000;

/** The address of the store that serves this directory now; null when none does, whatever the file says. */
export async function runningStore(dataDir: string): Promise<StoreAddress | null> {
  const address = await readAddress(dataDir);
  return (await isServed(address)) ? address : null;
}

async function isServed(address: StoreAddress | null): Promise<boolean> {
  return address !== null && isAlive(address.pid) && (await isServing(address.uri));
}

/** The address that the file names; null when there is none that can be read. */
async function readAddress(dataDir: string): Promise<StoreAddress | null> {
  try {
    const { uri, pid } = JSON.parse(await readFile(path.join(dataDir, FILE), 'utf8')) as Partial<StoreAddress>;
    return typeof uri === 'string' && typeof pid === 'number' ? { uri, pid } : null;
  } catch {
    return null;
  }
}

/** Errors: BadSettings when a store serves the directory, before any of its files is touched. */
export async function refuseServed(dataDir: string): Promise<void> {
  const other = await runningStore(dataDir);
  if (other !== null) throw alreadyServed(dataDir, other);
}

function alreadyServed(dataDir: string, other: StoreAddress | null): BadSettings {
  return new BadSettings(`Another store (process ${other?.pid}) already serves ${dataDir} at ${other?.uri}.`);
}

/**
 * Takes the directory for this process, and writes the file for those who look for the store. What a crash left behind is
 * passed over. Errors: BadSettings when another store serves the directory.
 */
export async function claimAddress(dataDir: string, storage: Storage, address: StoreAddress): Promise<void> {
  let other: StoreAddress | null;
  do {
    other = storage.owner() as StoreAddress | null;
    if (await isServed(other)) throw alreadyServed(dataDir, other);
  } while (!storage.changeOwner(asDoc(other), asDoc(address)));
  const draft = path.join(dataDir, `${FILE}.${process.pid}`);
  await writeFile(draft, `${JSON.stringify(address)}\n`, { mode: 0o600 });
  await rename(draft, path.join(dataDir, FILE));
}

/** Gives the directory back, if it is this process that holds it. */
export async function releaseAddress(dataDir: string, storage: Storage, address: StoreAddress): Promise<void> {
  if (!storage.changeOwner(asDoc(address), null)) return;
  await rm(path.join(dataDir, FILE), { force: true });
}

function asDoc(address: StoreAddress | null): Doc | null {
  return address === null ? null : { uri: address.uri, pid: address.pid };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether a MongoDB server is there: a reused port answers something else, or nothing listens. One that listens but is slow
 * to answer (it is reading its documents, say) counts as there.
 */
function isServing(uri: string): Promise<boolean> {
  const { hostname, port } = new URL(uri);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: PING_MS });
    const end = (serving: boolean) => {
      socket.destroy();
      resolve(serving);
    };
    socket.once('connect', () => socket.write(pingMessage()));
    socket.once('data', (data) => end(data.length >= 16 && data.readInt32LE(8) === 1));
    socket.once('timeout', () => end(!socket.connecting));
    for (const event of ['error', 'close']) socket.once(event, () => end(false));
  });
}

function pingMessage(): Buffer {
  const body = encode({ ping: 1, $db: 'admin' });
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, body]);
}
