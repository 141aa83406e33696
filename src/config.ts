import { existsSync } from 'node:fs';
import path from 'node:path';
import Joi from 'joi';
import { BadSettings } from './errors.js';

/** The only reader of the environment. One row per setting; every bad value is reported at once, at start. */
const url = (...scheme: string[]) => Joi.string().uri({ scheme });

const secretsIn = (list: string): string[] =>
  list
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean);

const eachLongEnough: Joi.CustomValidator<string> = (list, helpers) =>
  secretsIn(list).length > 0 && secretsIn(list).every((secret) => secret.length >= 32)
    ? list
    : helpers.message({ custom: '"SESSION_SECRETS" must be secrets of 32 signs or more, separated by commas' });

/** Whether nothing but this machine can listen in: http is good enough, for a trial. */
const isLoopback = (hostname: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

const httpsUnlessLoopback: Joi.CustomValidator<string> = (issuer, helpers) => {
  const { protocol, hostname } = new URL(issuer);
  if (protocol === 'https:' || isLoopback(hostname)) return issuer;
  return helpers.message({ custom: '"OIDC_ISSUER" must be https, but on this machine (localhost)' });
};

/** So many different signs at least, as any random secret of 32 signs has: "0123…0123…" and "aaaa…" were typed. */
const DIFFERENT_SIGNS = 12;
const FROM_AN_EXAMPLE = /change.?me|changez|example|exemple|secret|password|passe|azerty|qwerty|0123456789|abcdefgh/i;

const isWeak = (secret: string): boolean => new Set(secret).size < DIFFERENT_SIGNS || FROM_AN_EXAMPLE.test(secret);

/** What must not run in production: secrets that somebody could guess, and the demonstration, whose passwords are shown. */
const unfitForProduction = ({ SESSION_SECRETS = '', INBOUND_SECRET = '' }, demo: string | undefined): string[] => [
  ...(secretsIn(SESSION_SECRETS).some(isWeak)
    ? ['SESSION_SECRETS could be guessed: make each with `openssl rand -hex 32`']
    : []),
  ...(INBOUND_SECRET && isWeak(INBOUND_SECRET)
    ? ['INBOUND_SECRET could be guessed: make it with `openssl rand -hex 32`']
    : []),
  ...(demo === 'yes' ? ['DEMO=yes is not for production, where nobody may know a password beforehand'] : []),
];

const SETTINGS = Joi.object({
  NODE_ENV: Joi.string().default('development'),
  PORT: Joi.number().port().default(3000),
  PUBLIC_URL: url('http', 'https'),
  // Not a plain URI: a replica set or a sharded cluster names several hosts.
  MONGODB_URL: Joi.string()
    .pattern(/^mongodb(\+srv)?:\/\/\S+$/)
    .messages({ 'string.pattern.base': '"MONGODB_URL" must be like mongodb://host:27017/base' }),
  REDIS_URL: url('redis', 'rediss'),
  SMTP_URL: url('smtp', 'smtps'),
  MAILBOX_PORT: Joi.number().port().default(1080),
  MAIL_FROM: Joi.string(),
  SESSION_SECRETS: Joi.string().custom(eachLongEnough),
  DATA_DIR: Joi.string().default('data'),
  TRUST_PROXY: Joi.number().integer().min(0).default(0),
  // Its reminders are to made-up people: not by default where e-mails really leave.
  DEMO: Joi.string()
    .valid('yes', 'no')
    .default(Joi.ref('SMTP_URL', { adjust: (smtp) => (smtp ? 'no' : 'yes') })),
  PATH: Joi.string().default(''),
  HUMAN_SECONDS: Joi.number().min(0).default(20),
  EMAIL_CONCURRENCY: Joi.number().integer().min(1).default(5),
  EMAILS_A_MINUTE: Joi.number().integer().min(1).default(1200),
  EMAILS_A_MINUTE_PER_DOMAIN: Joi.number().integer().min(1).default(300),
  INBOUND_ADDRESS: Joi.string().email({ tlds: false }),
  INBOUND_SECRET: Joi.string().min(32),
  // All four or none: single sign-on.
  OIDC_ISSUER: url('http', 'https').custom(httpsUnlessLoopback),
  OIDC_CLIENT_ID: Joi.string(),
  OIDC_CLIENT_SECRET: Joi.string(),
  OIDC_NAME: Joi.string(),
  LOG_LEVEL: Joi.string().valid('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
})
  .and('OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME')
  .messages({ 'object.and': '{{#missing}} missing: OIDC_* go together, all four or none' });

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
  trustProxy: number;
  demo: boolean;
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
    trustProxy: value.TRUST_PROXY,
    demo: value.DEMO === 'yes',
    humanSeconds: value.HUMAN_SECONDS,
    emailConcurrency: value.EMAIL_CONCURRENCY,
    emailsAMinute: { inAll: value.EMAILS_A_MINUTE, perDomain: value.EMAILS_A_MINUTE_PER_DOMAIN },
    inboundAddress: value.INBOUND_ADDRESS ?? null,
    inboundSecret: value.INBOUND_SECRET ?? null,
    singleSignOn: singleSignOnIn(value),
    logLevel: value.LOG_LEVEL,
  };
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
