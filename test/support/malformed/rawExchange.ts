import { connect } from 'node:net';

/** Bytes for a server, and what its client does with the connection. */
export interface Attack {
  /** For the report of a fault. */
  name: string;
  /** Sent one after the other, a few milliseconds apart when there are several. */
  parts: Buffer[];
  /** `waits`: the server is right to wait for more, and the client leaves. `half`: it says that it sends no more. */
  after: 'reads' | 'waits' | 'half' | 'resets';
}

export interface Outcome {
  /** Of each answer. */
  statuses: number[];
  /** Neither answered nor closed, though nothing was missing. */
  hung: boolean;
  text: string;
}

const LEAVES_AFTER = 40;
/** Milliseconds; above what a request may take. */
const HANGS_AFTER = 20_000;
const KEPT = 64 * 1024;
const BETWEEN = 3;

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends the bytes on a connection of their own, and reads until it is closed or nothing more is to be had. */
export const rawExchange = (port: number, { parts, after }: Attack): Promise<Outcome> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let text = '';
    let hung = false;
    let patience: NodeJS.Timeout | undefined;
    const leaveAfter = (milliseconds: number): void => {
      clearTimeout(patience);
      patience = setTimeout(() => {
        hung = after !== 'waits';
        socket.destroy();
      }, milliseconds);
    };
    const send = async (): Promise<void> => {
      for (const [i, part] of parts.entries()) {
        if (i > 0) await wait(BETWEEN);
        if (socket.writable) socket.write(part);
      }
      if (after === 'half') socket.end();
      if (after === 'resets') socket.resetAndDestroy();
      leaveAfter(after === 'waits' ? LEAVES_AFTER : HANGS_AFTER);
    };
    socket.on('connect', () => void send());
    socket.on('data', (chunk) => {
      if (text.length < KEPT) text += chunk.toString('latin1');
    });
    socket.on('end', () => socket.destroy());
    // The server may close while the rest is still on its way.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(patience);
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g)].map(([, status]) => Number(status));
      resolve({ statuses, hung, text });
    });
  });
