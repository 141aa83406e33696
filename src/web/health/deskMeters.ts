import { Counter, Gauge, Registry } from 'prom-client';
import type { Services } from '../../services.js';

type Rows = [labels: Record<string, string>, value: number][];

const inLabel = (words: string): string => words.replaceAll(' ', '_');

/** Numbers as they are at this moment, in a registry of their own: what is not known now is not in it. */
const sheet = () => {
  const registry = new Registry();
  const named = (name: string, help: string, rows: Rows) => ({
    name,
    help,
    labelNames: [...new Set(rows.flatMap(([labels]) => Object.keys(labels)))],
    registers: [registry],
  });
  return {
    text: (): Promise<string> => registry.metrics(),
    gauge(name: string, help: string, rows: Rows): void {
      // Without labels it would stand at 0.
      if (rows.length === 0) return;
      const gauge = new Gauge(named(name, help, rows));
      for (const [labels, value] of rows) gauge.set(labels, value);
    },
    counter(name: string, help: string, rows: Rows): void {
      const counter = new Counter(named(name, help, rows));
      for (const [labels, value] of rows) counter.inc(labels, value);
    },
  };
};
type Sheet = ReturnType<typeof sheet>;

const writeCounts = ({ counter }: Sheet, { decisions, emails, runs }: Services['counts']): void => {
  counter(
    'desk_decisions_total',
    'Projects stored by this process, by what was decided',
    decisions.all().map(({ sort: [outcome], count }) => [{ outcome }, count]),
  );
  counter(
    'desk_emails_total',
    'What the jobs of this process made of e-mails',
    emails.all().map(({ sort: [became], count }) => [{ became: inLabel(became) }, count]),
  );
  counter(
    'desk_timetable_runs_total',
    'Runs of the timetable that this process brought to an end',
    runs.all().map(({ sort: [work, end], count }) => [{ work, end }, count]),
  );
};

type Meters = Awaited<ReturnType<Services['readMeters']>>;

const writeStore = ({ gauge }: Sheet, { deliveries, oldestDueInSeconds, lastDone }: NonNullable<Meters['store']>) => {
  const { due, later, failed, sentLastDay } = deliveries;
  gauge('desk_deliveries', 'E-mails by state; the same from every process', [
    [{ state: 'due' }, due],
    [{ state: 'later' }, later],
    [{ state: 'failed' }, failed],
    [{ state: 'sent_last_day' }, sentLastDay],
  ]);
  gauge('desk_deliveries_oldest_due_seconds', 'For how long the oldest e-mail that is due has been; 0: none is', [
    [{}, oldestDueInSeconds],
  ]);
  gauge(
    'desk_timetable_last_done_timestamp_seconds',
    'When each row of the timetable last came to an end; the same from every process',
    [...lastDone].map(([work, at]) => [{ work }, at.getTime() / 1000]),
  );
};

const writeQueues = ({ gauge }: Sheet, queues: NonNullable<Meters['queues']>): void => {
  gauge(
    'desk_queue_jobs',
    'Jobs in Redis, by what they wait for; the same from every process',
    queues.flatMap(
      ({ queue, waiting, active, delayed }): Rows => [
        [{ queue, state: 'waiting' }, waiting],
        [{ queue, state: 'active' }, active],
        [{ queue, state: 'delayed' }, delayed],
      ],
    ),
  );
  gauge(
    'desk_queue_oldest_job_seconds',
    'For how long the first job that waits for a worker has been waiting; 0: none does',
    queues.map(({ queue, oldestInSeconds }) => [{ queue }, oldestInSeconds]),
  );
};

/** How the desk stands, as text. What comes from the store or Redis is not there while that one is away. */
export const deskMeters = async ({ counts, readMeters }: Pick<Services, 'counts' | 'readMeters'>): Promise<string> => {
  const { store, queues } = await readMeters();
  const page = sheet();
  page.gauge('desk_store_up', 'Whether the store answers', [[{}, store ? 1 : 0]]);
  page.gauge('desk_redis_up', 'Whether Redis answers', [[{}, queues ? 1 : 0]]);
  writeCounts(page, counts);
  if (store) writeStore(page, store);
  if (queues) writeQueues(page, queues);
  return page.text();
};
