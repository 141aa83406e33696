import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { SMTPServer, type SMTPServerAddress } from 'smtp-server';

/** Where in a conversation of SMTP the server misbehaves. */
export type Place = 'MAIL' | 'RCPT' | 'DATA';

export interface Misbehaviour {
  /** What it answers there, with the words; an e-mail whose place has none is taken. */
  answers?: Partial<Record<Place, { code: number; words?: string }>>;
  /** Only about these recipients, at RCPT; all when missing. */
  recipients?: string[];
  /** No answer any more, from the connection or the end of the message on. */
  hangs?: 'at once' | 'after the message';
  /** The connection is cut there. */
  closes?: 'at once' | 'at RCPT' | 'after the message';
}

/** Kept by the server: an e-mail that it took. */
export interface Taken {
  from: string;
  to: string[];
  text: string;
}

const textOf = async (stream: AsyncIterable<Buffer>): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
};

const refusalOf = ({ code, words = 'Refused' }: { code: number; words?: string }): Error =>
  Object.assign(new Error(words), { responseCode: code });

const addressesOf = (recipients: SMTPServerAddress[]): string[] => recipients.map(({ address }) => address);

/** A server that takes connections, and never says a word or ends them at once. */
const silentServer = (hangs: boolean, sockets: Set<Socket>) =>
  createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    if (!hangs) socket.destroy();
  });

/** A mail server that misbehaves as `now` says, which a test may change, and otherwise takes what it gets. */
export const startBadMailServer = async (first: Misbehaviour = {}) => {
  const state = { now: first };
  const taken: Taken[] = [];
  let conversations = 0;
  const sockets = new Set<Socket>();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    closeTimeout: 100,
    onMailFrom(_address, _session, done) {
      conversations += 1;
      const answer = state.now.answers?.MAIL;
      done(answer && refusalOf(answer));
    },
    onRcptTo({ address }, _session, done) {
      const { answers, recipients, closes } = state.now;
      if (closes === 'at RCPT') return cut();
      const isRefused = answers?.RCPT && (recipients?.includes(address) ?? true);
      done(isRefused && answers?.RCPT ? refusalOf(answers.RCPT) : undefined);
    },
    onData(stream, { envelope }, done) {
      void textOf(stream).then((text) => {
        const { answers, hangs, closes } = state.now;
        if (answers?.DATA) return done(refusalOf(answers.DATA));
        if (closes === 'after the message') return cut();
        if (hangs === 'after the message') return;
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        taken.push({ from, to: addressesOf(envelope.rcptTo), text });
        done();
      });
    },
  });
  smtp.on('error', () => {});
  const isSilent = first.hangs === 'at once' || first.closes === 'at once';
  const server = isSilent ? silentServer(first.hangs === 'at once', sockets) : smtp.server;
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    /** How often somebody tried to send. */
    tries: (): number => conversations,
    behave(next: Misbehaviour): void {
      state.now = next;
    },
    async stop(): Promise<void> {
      cut();
      await new Promise<void>((closed) => (isSilent ? server.close(() => closed()) : smtp.close(() => closed())));
    },
  };
};
