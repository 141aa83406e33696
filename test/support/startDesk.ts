import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createApp } from '../../src/app.js';
import { readConfig, requireAddresses } from '../../src/config.js';
import { logger } from '../../src/logger.js';
import type { Parts } from '../../src/services/parts.js';
import { buildServices, openServices } from '../../src/services.js';
import { startMailbox } from './startMailbox.js';
import { startRedis } from './startRedis.js';
import { startTestStore } from './startStore.js';

/** A port on which nothing listens: for what is not needed, or is away. */
const NOBODY = 9;

interface Options {
  /** Instant to begin with; `desk.clock.now` moves it. */
  at?: Date;
  /** Without Redis, submissions work and e-mails wait for the sweep. */
  redis?: boolean;
  mailbox?: boolean;
  publicUrl?: string;
  /** Without, nothing is refused for being done too often: a test sends more from one address in a minute than people do. */
  limits?: boolean;
  /** Tests answer faster than people: the minimum time is none unless given. */
  humanSeconds?: number;
  /** Reports are printed by the browser of the machine; without, as where there is none. */
  browser?: boolean;
  /** What is written on standard error: nothing, unless a test reads it. */
  logLevel?: string;
  /** Bytes that are free on the disk of the store. */
  free?: () => number;
  /** Lives on without the store, as a process does. */
  as?: 'web' | 'worker';
  /** Of the environment, beside these. */
  settings?: Record<string, string>;
}

const noLimits: Parts['limits'] = {
  take: async () => ({ allowed: true, retryInSeconds: 0 }),
  giveBack: async () => undefined,
};

const noSlowDowns: Parts['slowDowns'] = {
  attempt: async () => ({ allowed: true, retryInSeconds: 0 }),
  takeBack: async () => undefined,
  forget: async () => undefined,
  remember: async () => undefined,
  knows: async () => false,
};

/**
 * The whole desk in this process, on real parts: embedded store, Redis and mailbox when asked for, services and pages.
 * `stop` leaves nothing behind.
 */
export const startDesk = async ({
  at = new Date(),
  redis = false,
  mailbox = false,
  publicUrl,
  limits,
  humanSeconds = 0,
  browser = false,
  logLevel = 'silent',
  free,
  as,
  settings = {},
}: Options = {}) => {
  logger.level = logLevel;
  const clock = { now: at };
  const dataDir = await mkdtemp(`${tmpdir()}/desk-`);
  const store = await startTestStore(() => clock.now, free);
  const conveyor = redis ? await startRedis() : null;
  const postbox = mailbox ? await startMailbox() : null;
  const config = requireAddresses(
    readConfig({
      MONGODB_URL: store.uri,
      REDIS_URL: conveyor?.url ?? `redis://127.0.0.1:${NOBODY}`,
      SMTP_URL: postbox?.smtpUrl ?? `smtp://127.0.0.1:${NOBODY}`,
      SESSION_SECRETS: 'a secret for tests only and long enough',
      PUBLIC_URL: publicUrl,
      HUMAN_SECONDS: String(humanSeconds),
      PATH: browser ? process.env['PATH'] : undefined,
      DATA_DIR: dataDir,
      ...settings,
    }),
  );
  const opened = await openServices(config, () => clock.now, as && { as });
  await opened.parts.migrations.migrate();
  const parts: Parts = { ...opened.parts, ...(limits ? {} : { limits: noLimits, slowDowns: noSlowDowns }) };
  const services = buildServices(parts);
  const app = createApp(services, opened.sessions, config);

  return {
    ...opened,
    parts,
    services,
    app,
    config,
    clock,
    mailbox: postbox,
    redis: conveyor,
    /** The same desk with other parts: a queue that fails, a mail server that counts… */
    with: (changes: Partial<Parts>) => buildServices({ ...parts, ...changes }),
    async stop(): Promise<void> {
      await opened.close();
      await Promise.all([store.stop(), conveyor?.stop(), postbox?.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
export type Desk = Awaited<ReturnType<typeof startDesk>>;
