import { type RunningWorker, startWorker } from '../../jobs/worker.js';
import { aSubmission } from './aSubmission.js';
import { startDesk } from './startDesk.js';
import { until } from './startProcesses.js';

const EMAIL = 'camille@example.org';

/** A desk, its worker and its mailbox on the Redis of a setting, whatever its kind. */
export const deskOnRedis = async (redisUrl: string) => {
  const desk = await startDesk({
    at: new Date('2026-11-23T09:30:00+01:00'),
    mailbox: true,
    settings: { REDIS_URL: redisUrl },
  });
  let worker: RunningWorker | null = null;
  let sent = 0;
  const receipts = (): number => (desk.mailbox?.messages() ?? []).filter(({ to }) => to[0]?.address === EMAIL).length;

  return {
    ...desk,
    work(): void {
      worker = startWorker(desk.services, { redisUrl, concurrency: 3, stalledAfter: 1000 });
    },
    untilThere: (seconds = 15): Promise<void> =>
      until('Redis, for the pages', async () => (await desk.parts.queueDepths()) !== null, seconds),
    /** Sends a project; gives the milliseconds that it took. */
    async submit(): Promise<number> {
      const begun = performance.now();
      await desk.services.submitProject({ visitor: desk.parts.newId(), submission: aSubmission() });
      sent += 1;
      return performance.now() - begun;
    },
    /** Waits for the receipts of all projects sent so far; throws unless each was written once. */
    async eachReceived(seconds = 30): Promise<void> {
      await until(`${sent} receipts`, () => receipts() >= sent, seconds);
      await desk.services.sweep();
      const idle = async (): Promise<boolean> =>
        ((await desk.parts.queueDepths()) ?? []).some(
          ({ queue, waiting, active }) => queue === 'deliveries' && waiting + active === 0,
        );
      await until('an idle queue', idle);
      if (receipts() !== sent) throw new Error(`${receipts()} receipts of ${sent} projects`);
    },
    async stop(): Promise<void> {
      await worker?.close();
      await desk.stop();
    },
  };
};
