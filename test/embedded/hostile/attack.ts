import { once } from 'node:events';
import type { Socket } from 'node:net';
import { openRaw, openSocket } from '../store/rawClient.js';
import { KINDS, randomFrom } from './messages.js';

const AT_ONCE = 20;
/** Milliseconds that a message is given to be answered or to end its connection; then the client leaves. */
const PATIENCE = 40;
/** The kinds that are heavy to make and to read come more seldom. */
const HEAVY = ['manyItems', 'hugeArray', 'manyStages', 'deepNesting'];

export interface Attack {
  sent: number;
  /** Of a client that behaves, all along: how many pings were answered, and the longest wait in milliseconds. */
  pings: number;
  longestPing: number;
}

/** Sends so many hostile messages, each on a connection of its own or after others, while another client pings. */
export async function attack(uri: string, count: number, seed: number): Promise<Attack> {
  const random = randomFrom(seed);
  const kinds = Object.keys(KINDS);
  const good = await openRaw(uri);
  const result: Attack = { sent: 0, pings: 0, longestPing: 0 };
  while (result.sent < count) {
    const some: Promise<void>[] = [];
    for (let i = 0; i < AT_ONCE && result.sent < count; i++, result.sent++) {
      const kind = kinds[random(kinds.length)]!;
      const light = HEAVY.includes(kind) && random(10) > 0 ? 'strangeCommand' : kind;
      some.push(sendAlone(uri, KINDS[light]!(random)));
    }
    const started = performance.now();
    const [answer] = await Promise.all([good.command({ ping: 1, $db: 'admin' }), ...some]);
    if (answer['ok'] !== 1) throw new Error(`a client that behaves was refused: ${JSON.stringify(answer)}`);
    result.pings++;
    result.longestPing = Math.max(result.longestPing, performance.now() - started);
  }
  good.close();
  return result;
}

async function sendAlone(uri: string, bytes: Buffer): Promise<void> {
  const socket: Socket = await openSocket(uri);
  socket.on('error', () => undefined);
  socket.write(bytes);
  const waited = new Promise((done) => setTimeout(done, PATIENCE));
  await Promise.race([
    once(socket, 'data').catch(() => undefined),
    once(socket, 'close').catch(() => undefined),
    waited,
  ]);
  socket.destroy();
}
