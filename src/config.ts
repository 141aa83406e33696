import { existsSync } from 'node:fs';
import path from 'node:path';
import { BadSettings } from './errors.js';
import { SETTINGS, secretsIn, unfitForProduction } from './settings.js';

/** The only reader of the environment. Every bad value is reported at once, at start. */
export interface Config {
  production: boolean;
  port: number;
  /** Without a final slash. */
  publicUrl: string;
  /** Null: embedded. */
  mongodbUrl: string | null;
  redisUrl: string | null;
  smtpUrl: string | null;
  mailboxPort: number;
  mailFrom: string;
  /** The first one signs, the others are still accepted. Empty: not given. */
  sessionSecrets: string[];
  /** Where to look for programs (redis-server). */
  programFolders: string[];
  /** Absolute path. */
  dataDir: string;
  /** The folder of the territory's files, absolute. */
  territoryDir: string;
  trustProxy: number;
  demo: boolean;
  /** Seconds. */
  stopDelay: number;
  humanSeconds: number;
  emailConcurrency: number;
  /** At most so many e-mails a minute, in all and to one mail domain. */
  emailsAMinute: { inAll: number; perDomain: number };
  /** Where replies and bounces come in, for `desk inbound` and the webhook; null: replies go to a person's own address. */
  inboundAddress: string | null;
  /** What the mail server shows at the webhook; null: the webhook is closed. */
  inboundSecret: string | null;
  /** The organisation's own provider of sign-ins (OpenID Connect); null: there is none. */
  singleSignOn: SingleSignOnSettings | null;
  /** What is shown at /metrics; null: for connections from this machine alone. */
  metricsToken: string | null;
  /** Null: the worker process serves nothing. */
  workerPort: number | null;
  logLevel: string;
}

export interface SingleSignOnSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** As people call it: "ProConnect". */
  name: string;
}

const singleSignOnIn = (settings: Record<string, string | undefined>): SingleSignOnSettings | null => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = settings;
  return issuer && clientId && clientSecret && name ? { issuer, clientId, clientSecret, name } : null;
};

/** Reads the settings. Throws BadSettings naming every one that cannot be used. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { value, error } = SETTINGS.validate(given, { abortEarly: false, stripUnknown: true });
  if (!error && value.PORT === value.MAILBOX_PORT)
    throw new BadSettings('Settings: PORT and MAILBOX_PORT must differ.');
  if (error) throw new BadSettings(`Settings: ${error.details.map(({ message }) => message).join('; ')}.`);
  const unfit = value.NODE_ENV === 'production' ? unfitForProduction(value, given['DEMO']) : [];
  if (unfit.length > 0) throw new BadSettings(`Settings: ${unfit.join('; ')}.`);
  const publicUrl = (value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, '');
  return {
    production: value.NODE_ENV === 'production',
    port: value.PORT,
    publicUrl,
    mongodbUrl: value.MONGODB_URL ?? null,
    redisUrl: value.REDIS_URL ?? null,
    smtpUrl: value.SMTP_URL ?? null,
    mailboxPort: value.MAILBOX_PORT,
    mailFrom: value.MAIL_FROM ?? `no-reply@${new URL(publicUrl).hostname}`,
    sessionSecrets: secretsIn(value.SESSION_SECRETS ?? ''),
    programFolders: value.PATH.split(path.delimiter),
    dataDir: path.resolve(value.DATA_DIR),
    territoryDir: value.TERRITORY_DIR
      ? path.resolve(value.TERRITORY_DIR)
      : path.join(projectRoot, 'src', 'data', 'territory'),
    trustProxy: value.TRUST_PROXY,
    demo: value.DEMO === 'yes',
    stopDelay: value.STOP_DELAY,
    humanSeconds: value.HUMAN_SECONDS,
    emailConcurrency: value.EMAIL_CONCURRENCY,
    emailsAMinute: { inAll: value.EMAILS_A_MINUTE, perDomain: value.EMAILS_A_MINUTE_PER_DOMAIN },
    inboundAddress: value.INBOUND_ADDRESS ?? null,
    inboundSecret: value.INBOUND_SECRET ?? null,
    singleSignOn: singleSignOnIn(value),
    metricsToken: value.METRICS_TOKEN ?? null,
    workerPort: value.WORKER_PORT ?? null,
    logLevel: value.LOG_LEVEL,
  };
};

/** Where traces go, if anywhere: asked for before all else is loaded. What cannot be used is told by `readConfig`. */
export const readTracing = (env: NodeJS.ProcessEnv = process.env): { endpoint: string; serviceName: string } | null => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName } = env;
  const wanted = SETTINGS.extract('OTEL_EXPORTER_OTLP_ENDPOINT').validate(endpoint || undefined);
  if (!endpoint || wanted.error) return null;
  return { endpoint, serviceName: serviceName || SETTINGS.validate({}).value.OTEL_SERVICE_NAME };
};

/** The settings of a process that runs on given services (server, worker): says which of the addresses are missing. */
export const requireAddresses = (config: Config) => {
  const { mongodbUrl, redisUrl, smtpUrl, sessionSecrets } = config;
  const missing = Object.entries({
    MONGODB_URL: mongodbUrl,
    REDIS_URL: redisUrl,
    SMTP_URL: smtpUrl,
    SESSION_SECRETS: sessionSecrets[0],
  })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  if (!mongodbUrl || !redisUrl || !smtpUrl || !sessionSecrets[0]) {
    throw new BadSettings(
      `Settings: ${missing.join(', ')} missing. \`npm start\` runs without them, on embedded services.`,
    );
  }
  return { ...config, mongodbUrl, redisUrl, smtpUrl };
};
export type ServiceConfig = ReturnType<typeof requireAddresses>;

/** The project's folder, which holds views, public and data files: the same from src and from dist. */
export const projectRoot = ((): string => {
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
})();
