import { clockedWorker } from '../clockedWorker.js';
import { startDesk } from '../startDesk.js';
import { actsOf } from './actsOf.js';
import { judge } from './judge.js';
import { type MailServer, mailServerOf, startMailServer } from './mailServer.js';
import { instantOf, type Moment } from './parisTime.js';
import { openAccounts } from './people.js';
import { promisedEmails } from './promised.js';
import { settled } from './settled.js';
import { planRun, withFewerStops } from './stories.js';
import { chance, type Troubles, troublesOf } from './troubles.js';

interface Options {
  referrals: number;
  /** The projects are sent in the course of so many business days. */
  arrivalDays: number;
  /** How often the worker is killed. */
  kills?: number;
  /** Redis goes away so many times; the last time, it comes back empty. */
  outages?: number;
  /** Of the moments of the troubles. */
  seed?: number;
  /** E-mails go to the embedded mailbox rather than to the server of npm. */
  mailbox?: boolean;
  /** Stops where something is promised or done, and just before; without, several times a day. */
  fewerStops?: boolean;
}

/** High enough not to count. */
const ANY_RATE = { EMAILS_A_MINUTE: '10000000', EMAILS_A_MINUTE_PER_DOMAIN: '10000000' };

/** One e-mail at a time at the mail server: with more, one kill may cut as many between acceptance and record. */
const ONE_AT_A_TIME = { EMAIL_CONCURRENCY: '1' };

const pause = (milliseconds: number): Promise<void> => new Promise((over) => setTimeout(over, milliseconds));

/**
 * Sends projects, takes three in ten at once, and moves the clock on by 60 business days, stop by stop. The worker is a process of its
 * own; this one is the web and the timetable. Gives what was promised beside what arrived.
 */
export const followUpRun = async ({
  kills = 0,
  outages = 0,
  seed = 1,
  mailbox = false,
  fewerStops = false,
  ...size
}: Options) => {
  const begun = performance.now();
  const whole = planRun(size);
  const atStops = promisedEmails(whole).map(({ at }) => at);
  const plan = fewerStops ? withFewerStops(whole, atStops) : whole;
  const promised = promisedEmails(plan);
  const desk = await startDesk({ at: instantOf(plan.steps[0] as Moment), redis: true, mailbox });
  const server: MailServer = desk.mailbox ? mailServerOf(desk.mailbox) : await startMailServer();
  const { mongodbUrl, redisUrl } = desk.config;
  const env = { MONGODB_URL: mongodbUrl, REDIS_URL: redisUrl, SMTP_URL: server.url, ...ANY_RATE, ...ONE_AT_A_TIME };
  const worker = clockedWorker(env, desk.clock);
  const random = chance(seed);
  const troubles: Troubles = troublesOf({ plan, promised, kills, outages }, random);
  const acts = actsOf(desk, plan);

  const killAfter = async (count: number): Promise<void> => {
    const before = server.accepted().length;
    const late = performance.now() + 5000;
    const some = count * random() * 0.8;
    while (server.accepted().length - before < some && performance.now() < late) await pause(1);
    await pause(random() * 20);
    await worker.kill();
    await worker.start();
  };

  const stopAt = async (step: Moment): Promise<void> => {
    desk.clock.now = instantOf(step);
    await worker.tell();
    const outage = troubles.outages.get(step);
    if (outage) await desk.redis?.crash();
    const load = troubles.kills.get(step);
    const killing = load && killAfter(load);
    await acts.at(step);
    if (load) await desk.services.sweep();
    if (outage) await desk.redis?.restart(outage);
    await killing;
    await settled(desk, worker);
  };

  try {
    await openAccounts(desk);
    await worker.start();
    for (const step of plan.steps) await stopAt(step);
    const findings = await judge(desk, { plan, promised, subjects: acts.subjects, accepted: server.accepted() });
    return { ...findings, kills: troubles.kills.size, seconds: (performance.now() - begun) / 1000 };
  } finally {
    await worker.kill();
    await server.stop();
    await desk.stop();
  }
};
