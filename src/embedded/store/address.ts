import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { BadSettings } from '../../errors.js';
import { encode } from './values.js';

/** What DATA_DIR/store.json says: where the store of that directory answers, and which process it is. */
export interface StoreAddress {
  uri: string;
  pid: number;
}

const FILE = 'store.json';
const PING_MS = 2000;

/** The address that the file names; null when there is none that can be read. */
export async function readAddress(dataDir: string): Promise<StoreAddress | null> {
  try {
    const { uri, pid } = JSON.parse(await readFile(path.join(dataDir, FILE), 'utf8')) as Partial<StoreAddress>;
    return typeof uri === 'string' && typeof pid === 'number' ? { uri, pid } : null;
  } catch {
    return null;
  }
}

/** Writes the file in one go: a reader sees the old one or the new one. */
export async function writeAddress(dataDir: string, address: StoreAddress): Promise<void> {
  const draft = path.join(dataDir, `${FILE}.${process.pid}`);
  await writeFile(draft, `${JSON.stringify(address)}\n`, { mode: 0o600 });
  await rename(draft, path.join(dataDir, FILE));
}

export async function removeAddress(dataDir: string): Promise<void> {
  await rm(path.join(dataDir, FILE), { force: true });
}

/** Errors: BadSettings when another store serves this directory. A file that a crash left behind is passed over. */
export async function refuseSecondStore(dataDir: string): Promise<void> {
  const address = await readAddress(dataDir);
  if (address !== null && isAlive(address.pid) && (await answersPing(address.uri))) {
    throw new BadSettings(`Another store (process ${address.pid}) already serves ${dataDir} at ${address.uri}.`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a MongoDB server answers there; a reused process number or port does not. */
export function answersPing(uri: string): Promise<boolean> {
  const { hostname, port } = new URL(uri);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: PING_MS });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => socket.write(pingMessage()));
    socket.once('data', (data) => end(data.length >= 16 && data.readInt32LE(8) === 1));
    for (const event of ['error', 'timeout', 'close']) socket.once(event, () => end(false));
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
