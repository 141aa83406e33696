import { SMTPServer } from 'smtp-server';
import { logger } from '../../logger.js';
import type { MessageStore } from './messageStore.js';

/** Bytes. */
const LARGEST = 5 * 1024 * 1024;

const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

/** An SMTP server that accepts everything, whoever signs in, and says so only when the message is on disk. */
export const smtpServerFor = (store: MessageStore): SMTPServer => {
  const server = new SMTPServer({
    // No certificate here: a client that saw STARTTLS would ask for one and refuse ours.
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    size: LARGEST,
    closeTimeout: 500,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
      stream
        .toArray()
        .then((chunks: Buffer[]) => {
          if (stream.sizeExceeded) throw refusal(552, 'Message too large');
          return store.keep(Buffer.concat(chunks), envelope);
        })
        .then(
          ({ id }) => done(null, `Kept as ${id}`),
          (error: Error & { responseCode?: number }) =>
            done(error.responseCode ? error : refusal(451, 'Could not keep the message')),
        );
    },
  });
  server.on('error', (error: Error) => logger.warn({ reason: error.message }, 'mailbox: SMTP'));
  return server;
};
