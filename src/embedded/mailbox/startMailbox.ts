import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { BadSettings } from '../../errors.js';
import type { MailboxMessage } from './message.js';
import { openMessageStore } from './messageStore.js';
import { smtpServerFor } from './receive.js';
import { mailboxWebServer } from './webServer.js';

const HOST = '127.0.0.1';
const NEWEST_KEPT = 2000;

export interface Mailbox {
  /** Where to send. */
  smtpUrl: string;
  /** Where to read. */
  url: string;
  /** Oldest first. */
  messages(): readonly MailboxMessage[];
  stop(): Promise<void>;
}

const listening = async (server: Server, port: number): Promise<number> => {
  server.listen(port, HOST);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new BadSettings(`The mailbox cannot use port ${port}: something else does. Choose another MAILBOX_PORT.`);
  }
  return (server.address() as AddressInfo).port;
};

/**
 * Starts a mail server that keeps everything it gets, and the pages that show it, both on the loopback only. Messages are
 * kept under `dataDir`/mailbox, the newest 2 000 or as many as `keeps` says. A port of 0 means any free one. Throws BadSettings when a port is taken.
 */
export const startMailbox = async ({
  dataDir,
  port,
  smtpPort = 0,
  keeps = NEWEST_KEPT,
}: {
  dataDir: string;
  port: number;
  smtpPort?: number;
  keeps?: number;
}): Promise<Mailbox> => {
  const store = await openMessageStore(join(dataDir, 'mailbox'), keeps);
  const web = mailboxWebServer(store);
  const smtp = smtpServerFor(store);
  const webPort = await listening(web, port);
  const mailPort = await listening(smtp.server, smtpPort).catch((error) => {
    web.close();
    throw error;
  });

  return {
    smtpUrl: `smtp://${HOST}:${mailPort}`,
    url: `http://localhost:${webPort}`,
    messages: store.all,
    async stop() {
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise((resolve) => {
          web.close(resolve);
          web.closeAllConnections();
        }),
      ]);
    },
  };
};
