import '../src/tracing.js';
import { Queue, Worker } from 'bullmq';
import { readConfig, requireAddresses } from '../src/config.js';
import { jobTelemetry } from '../src/delivery/jobTelemetry.js';
import {
  DELIVERIES,
  type DeliveryJob,
  EXPORTS,
  type ExportJob,
  type OfRequest,
  PREFIX,
  REPLAYS,
  type ReplayJob,
  TIMETABLE,
} from '../src/delivery/queueNames.js';
import { isAnswering, workerConnection } from '../src/delivery/redis.js';
import { closeServer, listen, live } from '../src/lifetime.js';
import { logger } from '../src/logger.js';
import type { RunReplay } from '../src/services/rules/runReplay.js';
import type { RunTimetable } from '../src/services/runTimetable.js';
import type { SendDelivery } from '../src/services/sending/sendDelivery.js';
import type { RunExport } from '../src/services/statistics/exports/runExport.js';
import { openServices } from '../src/services.js';
import { healthApp } from '../src/web/health/healthApp.js';
import { exportJob } from './export.js';
import { forItsRequest } from './forItsRequest.js';
import { replayJob } from './replay.js';
import { sendDeliveryJob } from './sendDelivery.js';
import { tellTimetable } from './tellTimetable.js';
import { timetableJob } from './timetable.js';

export interface WorkerServices {
  sendDelivery: SendDelivery;
  runReplay: RunReplay;
  runExport: RunExport;
  timetable: RunTimetable;
}

/** How many e-mails are prepared, or wait for their turn, for each that the mail server is being given. */
const AHEAD = 20;
/** After how long, in milliseconds, the jobs of a worker that died go to another. */
const STALLED = 30_000;
/** How many workers may die over one e-mail before its job goes; the sweep then makes another. */
const DEATHS = 3;
const MINUTE = 60_000;
/** How long, in milliseconds, a stop waits for the jobs under way. */
const LAST_JOBS = 20_000;
/** And for a connection to close. */
const LEAVE = 1000;
/** Before catching up once more. */
const SOON = 2000;
/** How often, in milliseconds, the timetable is told again in case Redis has lost it. */
const RETELL = 5 * 60_000;

const waitAtMost = async (milliseconds: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
};

/**
 * Starts to work on the queues: for `concurrency` e-mails at a time at the mail server, `emailsAMinute` at most. Redis may
 * be away, go and come back: the worker waits for it. Each time it comes back, perhaps empty, the timetable is told again,
 * what is due is swept in, and what was missed is done. `close` lets the jobs under way end.
 */
export const startWorker = (
  { sendDelivery, runReplay, runExport, timetable }: WorkerServices,
  {
    redisUrl,
    concurrency = 5,
    emailsAMinute,
    stalledAfter = STALLED,
  }: { redisUrl: string; concurrency?: number; emailsAMinute?: number; stalledAfter?: number },
) => {
  const connection = workerConnection(redisUrl);
  const on = { connection, prefix: PREFIX, ...jobTelemetry() };
  const signals = new Queue(TIMETABLE, on);
  const underWay = new Set<Promise<unknown>>();
  const counted =
    <Given extends unknown[], Done>(work: (...given: Given) => Promise<Done>) =>
    (...given: Given): Promise<Done> => {
      const job = work(...given).finally(() => underWay.delete(job));
      underWay.add(job);
      return job;
    };
  const untilIdle = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.allSettled(underWay);
  };
  const emails = new Worker<DeliveryJob, string>(
    DELIVERIES,
    forItsRequest(sendDeliveryJob(counted(sendDelivery), concurrency * AHEAD)),
    {
      ...on,
      concurrency: concurrency * AHEAD,
      ...(emailsAMinute && { limiter: { max: emailsAMinute, duration: MINUTE } }),
      lockDuration: stalledAfter,
      stalledInterval: stalledAfter,
      maxStalledCount: DEATHS,
    },
  );
  const leaving = new AbortController();
  const replays = new Worker<ReplayJob, string>(
    REPLAYS,
    forItsRequest(replayJob(counted(runReplay), leaving.signal)),
    on,
  );
  const files = new Worker<ExportJob, string>(
    EXPORTS,
    forItsRequest(exportJob(counted(runExport), leaving.signal)),
    on,
  );
  const timed = new Worker(TIMETABLE, timetableJob({ runDue: counted(timetable.runDue) }), on);

  // The connection reports its own outages; without a listener, each would end the process.
  signals.on('error', () => {});
  emails.on('error', () => {});
  replays.on('error', () => {});
  files.on('error', () => {});
  timed.on('error', () => {});
  for (const worker of [replays, files, timed])
    worker.on('failed', (job, { message }) => {
      const { request }: OfRequest = job?.data ?? {};
      logger.warn({ job: job?.name, ...(request && { request }), reason: message }, 'job failed');
    });

  let again: NodeJS.Timeout | undefined;
  let catching: Promise<void> = Promise.resolve();
  const sweepNow = async (): Promise<void> => {
    clearTimeout(again);
    try {
      const ready = await isAnswering(connection);
      const [found] = await Promise.all([timetable.sweepNow(), ready && tellTimetable(signals)]);
      logger.info(found, 'swept');
      await timetable.runDue();
      // Redis is back here but not yet for the producer, whose connection comes back at its own pace; or a cluster has not
      // yet chosen who holds the queues.
      if (connection.status === 'ready' && (!ready || found?.queued === false)) again = setTimeout(catchUp, SOON);
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'could not catch up, the next sweep will');
    }
  };
  const catchUp = (): void => {
    catching = sweepNow();
  };
  connection.on('ready', catchUp);
  // Of a cluster: a node came or went, and who takes its place may not have been told the last.
  const catchUpSoon = (): void => {
    clearTimeout(again);
    again = setTimeout(catchUp, SOON);
  };
  connection.on('+node', catchUpSoon);
  connection.on('-node', catchUpSoon);
  // A Redis emptied under our feet loses the timetable without a word: tell it again from time to time.
  const retelling = setInterval(catchUp, RETELL);
  catchUp();

  return {
    async close(): Promise<void> {
      connection.off('ready', catchUp);
      connection.off('+node', catchUpSoon);
      connection.off('-node', catchUpSoon);
      clearTimeout(again);
      clearInterval(retelling);
      leaving.abort();
      await waitAtMost(LEAVE, catching);
      const away = !(await isAnswering(connection));
      // Without Redis no new job comes, and the queues' own orderly close would wait for it in vain.
      if (away) await waitAtMost(LAST_JOBS, untilIdle());
      const closed = Promise.all([emails, replays, files, timed].map((worker) => worker.close(away)));
      // Nor does it always end by itself on a cluster that was away meanwhile.
      await waitAtMost(LAST_JOBS, Promise.race([closed, untilIdle()]));
      await waitAtMost(LEAVE, closed);
      await waitAtMost(LEAVE, signals.close());
      connection.disconnect();
    },
  };
};
export type RunningWorker = ReturnType<typeof startWorker>;

/** The worker process (Procfile: worker), and how it stands on WORKER_PORT when that is set. Gives what stops it. */
export const runWorker = async ({
  clock,
  stalledAfter,
}: {
  clock?: () => Date;
  stalledAfter?: number;
} = {}): Promise<() => Promise<void>> => {
  const config = requireAddresses(readConfig());
  logger.level = config.logLevel;
  const opened = await openServices(config, clock, { as: 'worker' });
  const { redisUrl, emailConcurrency: concurrency, emailsAMinute } = config;
  const pace = { concurrency, emailsAMinute: emailsAMinute.inAll };
  const { readiness } = opened.services;
  const health = config.workerPort
    ? await listen(healthApp(opened.services, config), config.workerPort, 'WORKER_PORT')
    : null;
  const leaving = new AbortController();
  // Nobody works on a store that this version does not know how to read yet.
  const working = readiness.migrated(leaving.signal).then(
    () => startWorker(opened.services, { redisUrl, ...pace, ...(stalledAfter && { stalledAfter }) }),
    () => null,
  );
  logger.info({ concurrency: config.emailConcurrency }, 'worker is up');
  return async () => {
    readiness.leave();
    leaving.abort();
    await (await working)?.close();
    await opened.close();
    if (health) await closeServer(health, { readiness, stopDelay: 0 });
  };
};

if (require.main === module) live(() => runWorker());
