import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { readConfig, requireAddresses } from '../../src/config.js';
import type { OutgoingEmail } from '../../src/delivery/transport.js';
import { startStore } from '../../src/embedded/store/startStore.js';
import { logger } from '../../src/logger.js';
import { buildServices, openServices } from '../../src/services.js';
import { clockedWorker } from '../support/clockedWorker.js';
import { openAccounts, submissionOf } from '../support/followUp/people.js';
import { startRedis } from '../support/startRedis.js';
import { alternate, type Benchmark } from './benchmark.js';
import { cpuMeter } from './email/cpuTime.js';

/** Each project owes two e-mails: to its holder, and to an advisor. */
const PROJECTS = 1000;
const EMAILS = 2 * PROJECTS;
const CONCURRENCY = 5;
const FLOOR = 0.8;
const AT_A_TIME = 500;
const QUEUE = 'bare';
/** A Monday on which staff are written to. */
const NOW = new Date('2026-10-05T10:00:00+02:00');
const RATES = { EMAILS_A_MINUTE: '10000000', EMAILS_A_MINUTE_PER_DOMAIN: '10000000' };

/**
 * E-mails about projects a second from owed to accepted by a mail server. Ours: found in the store, queued, asked again whether they are wanted,
 * written, sent, recorded. Beside it, a bare BullMQ worker sends the same messages, ready in its jobs, by Nodemailer.
 * Each worker, the store, Redis and the mail server are processes of their own; the other rows say how much processor each
 * takes for an e-mail, which a busy machine changes less. Exits with 1 when ours does less than 0.8 of the bare worker.
 */
export const benchmark: Benchmark = async () => {
  logger.level = 'silent';
  const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-email-'));
  const [store, redis, mailServer] = await Promise.all([
    startStore({ dataDir }),
    startRedis(),
    startProcess('mailServerProcess'),
  ]);
  const smtpUrl = mailServer.said as string;
  const env = {
    MONGODB_URL: store.uri,
    REDIS_URL: redis.url,
    SMTP_URL: smtpUrl,
    SESSION_SECRETS: '9f1c6f0d2b7e4a83c5d817e0b64f29aa5e3d0c7b',
    HUMAN_SECONDS: '0',
    EMAIL_CONCURRENCY: String(CONCURRENCY),
    STALLED_AFTER: '30000',
    ...RATES,
  };
  const desk = await openServices(requireAddresses(readConfig(env)), () => NOW);
  await desk.parts.migrations.migrate();
  const { deliveries } = desk.parts;
  await openAccounts(desk);
  const asIsSent = buildServices({ ...desk.parts, enqueue: async () => true });
  for (let number = 0; number < PROJECTS; number += 1)
    await asIsSent.submitProject({ visitor: `visitor-${number}`, submission: submissionOf(number) });
  const oweAll = () =>
    deliveries.model.updateMany(
      { project: { $ne: null }, due: { $lte: NOW } },
      { $set: { owed: true, sentAt: null, attempts: 0, lockedUntil: null } },
    );
  const messages: OutgoingEmail[] = [];
  const capture = buildServices({
    ...desk.parts,
    transport: {
      send: async (email) => {
        messages.push(email);
        return { messageId: email.messageId, response: '250' };
      },
    },
  });
  for (const id of await deliveries.due(NOW, EMAILS)) await capture.sendDelivery(id);
  if (messages.length !== EMAILS) throw new Error(`${messages.length} e-mails owed`);

  const worker = clockedWorker(env, { now: NOW });
  await worker.start();
  const bare = await startProcess('bareWorker', { ...env, QUEUE });
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = new Queue(QUEUE, { connection });

  const meter = cpuMeter({
    'our worker': worker.pid(),
    'the bare worker': bare.child.pid,
    'who queues': process.pid,
    store: store.process.pid,
    Redis: await redis.pid(),
    'mail server': mailServer.child.pid,
  });

  const perSecond = async (start: () => Promise<unknown>): Promise<number> => {
    const begun = Date.now();
    mailServer.child.send(EMAILS);
    const all = once(mailServer.child, 'message') as Promise<[{ at: number; accepted: number }]>;
    await start();
    const [{ at }] = await all;
    return (EMAILS / (at - begun)) * 1000;
  };
  const untilRecorded = async (): Promise<void> => {
    while ((await deliveries.due(NOW, 1)).length > 0) await new Promise((tick) => setTimeout(tick, 10));
  };
  const ours = async (): Promise<number> => {
    await oweAll();
    return meter.during('ours', EMAILS, async () => {
      const speed = await perSecond(() => desk.services.sweep());
      await untilRecorded();
      return speed;
    });
  };
  const queueAll = async (): Promise<void> => {
    for (let from = 0; from < EMAILS; from += AT_A_TIME)
      await queue.addBulk(
        messages
          .slice(from, from + AT_A_TIME)
          .map((data) => ({ name: 'send', data, opts: { removeOnComplete: true } })),
      );
  };
  const floor = () => meter.during('floor', EMAILS, () => perSecond(queueAll));

  try {
    const row = await alternate('email', 'e-mails/s', ours, floor, { rounds: 5 });
    if (row.ratio < FLOOR) {
      process.stderr.write(`${row.ratio.toFixed(2)} of the bare worker: less than ${FLOOR}\n`);
      process.exitCode = 1;
    }
    return [row, ...meter.rows()];
  } finally {
    bare.child.disconnect();
    await worker.kill();
    await queue.close();
    connection.disconnect();
    await desk.close();
    mailServer.child.disconnect();
    await Promise.all([store.stop(), redis.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  }
};

/** A process of the folder `email`; `said`: its first message. */
const startProcess = async (
  name: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ child: ChildProcess; said: unknown }> => {
  const child = fork(path.join(__dirname, 'email', `${name}.js`), {
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  const [said] = await once(child, 'message');
  return { child, said };
};
