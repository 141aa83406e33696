import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { createTransport } from 'nodemailer';
import type { OutgoingEmail } from '../../../src/delivery/transport.js';

/** The least that a queue of e-mails is: the message in the job, the job sent by a pool of connections. */
const { REDIS_URL = '', SMTP_URL = '', EMAIL_CONCURRENCY, QUEUE = '' } = process.env;
const concurrency = Number(EMAIL_CONCURRENCY);
const pool = createTransport({ url: SMTP_URL, pool: true, maxConnections: concurrency });

async function main(): Promise<void> {
  const connection = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
  const worker = new Worker<OutgoingEmail>(
    QUEUE,
    async ({ data: { calendar: _none, ...email } }) => {
      await pool.sendMail(email);
    },
    { connection, concurrency },
  );
  await worker.waitUntilReady();
  process.on('disconnect', () => process.exit(0));
  process.send?.('ready');
}

void main();
