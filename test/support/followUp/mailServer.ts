import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Desk } from '../startDesk.js';

/** A message that the server answered for, in the order of the answers. */
export interface Accepted {
  messageId: string;
  to: string[];
}

const MESSAGE_ID = /^message-id:\s*(<[^>]+>)/im;

/**
 * A real SMTP server that accepts everything and remembers it. `accepted` grows, and `beforeAnswer` is done, before each answer
 * leaves.
 */
export const startMailServer = async (beforeAnswer: () => Promise<void> = async () => undefined) => {
  const accepted: Accepted[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 500,
    onData: (stream, session, done) => {
      stream.toArray().then(async (chunks: Buffer[]) => {
        const [head = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
        const messageId = MESSAGE_ID.exec(head.replace(/\r\n\s+/g, ' '))?.[1] ?? '';
        accepted.push({ messageId, to: session.envelope.rcptTo.map(({ address }) => address) });
        await beforeAnswer();
        done(null, 'Kept');
      }, done);
    },
  });
  // A worker that is killed cuts its connections.
  server.on('error', () => {});
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted: (): readonly Accepted[] => accepted,
    stop: (): Promise<void> => new Promise((closed) => server.close(() => closed())),
  };
};
export type MailServer = Awaited<ReturnType<typeof startMailServer>>;

/** The embedded mailbox, asked in the same way. Whoever started it stops it. */
export const mailServerOf = ({ smtpUrl, messages }: NonNullable<Desk['mailbox']>): MailServer => ({
  url: smtpUrl,
  accepted: () =>
    messages().map(({ headers, to }) => ({
      messageId: String(headers['message-id']),
      to: to.map(({ address }) => address),
    })),
  stop: async () => undefined,
});
