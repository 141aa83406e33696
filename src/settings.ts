import Joi from 'joi';
import { REDIS_ADDRESSES, redisAddress } from './delivery/redisAddress.js';

/** An address of one of these schemes. */
const url = (...scheme: string[]) => Joi.string().uri({ scheme });

export const secretsIn = (list: string): string[] =>
  list
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean);

const eachLongEnough: Joi.CustomValidator<string> = (list, helpers) =>
  secretsIn(list).length > 0 && secretsIn(list).every((secret) => secret.length >= 32)
    ? list
    : helpers.message({ custom: '"SESSION_SECRETS" must be secrets of 32 signs or more, separated by commas' });

const anyRedis: Joi.CustomValidator<string> = (setting, helpers) => {
  try {
    redisAddress(setting);
    return setting;
  } catch {
    return helpers.message({ custom: `"REDIS_URL" must be like ${REDIS_ADDRESSES}` });
  }
};

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
export const unfitForProduction = (
  { SESSION_SECRETS = '', INBOUND_SECRET = '', METRICS_TOKEN = '' },
  demo: string | undefined,
): string[] => [
  ...(secretsIn(SESSION_SECRETS).some(isWeak)
    ? ['SESSION_SECRETS could be guessed: make each with `openssl rand -hex 32`']
    : []),
  ...(INBOUND_SECRET && isWeak(INBOUND_SECRET)
    ? ['INBOUND_SECRET could be guessed: make it with `openssl rand -hex 32`']
    : []),
  ...(METRICS_TOKEN && isWeak(METRICS_TOKEN)
    ? ['METRICS_TOKEN could be guessed: make it with `openssl rand -hex 32`']
    : []),
  ...(demo === 'yes' ? ['DEMO=yes is not for production, where nobody may know a password beforehand'] : []),
];

/** What a setting is for, one line an array; what its default is when only words can tell. */
const says = (...lines: string[]) => lines.join('\n');

/** One row per setting: its kind, its default, and what it is for. */
export const SETTINGS = Joi.object({
  PORT: Joi.number().port().default(3000).description('Port of the web pages.'),
  PUBLIC_URL: url('http', 'https').description(
    says(
      'The address that people use (links in e-mails). https makes cookies Secure. Default: http://localhost and PORT.',
    ),
  ),
  // Not a plain URI: a replica set or a sharded cluster names several hosts.
  MONGODB_URL: Joi.string()
    .pattern(/^mongodb(\+srv)?:\/\/\S+$/)
    .messages({ 'string.pattern.base': '"MONGODB_URL" must be like mongodb://host:27017/base' })
    .description(
      says(
        'The store: MongoDB 6 or later, or compatible; alone, a replica set or a sharded cluster.',
        'Empty: `npm start` runs an embedded store, with its files under DATA_DIR.',
      ),
    ),
  REDIS_URL: Joi.string()
    .custom(anyRedis)
    .description(
      says(
        'Redis 6.2 or later, or Valkey: redis://:password@host:6379, rediss:// for TLS. A cluster: several such addresses',
        'separated by commas. Behind sentinels: redis+sentinel://:password@host:26379,host:26379/name, where the name is',
        "the master's and the password Redis's own; ?sentinelPassword=… when the sentinels ask for one too.",
        'Empty: `npm start` runs a redis-server, with its files under DATA_DIR.',
      ),
    ),
  SMTP_URL: url('smtp', 'smtps').description(
    says(
      'Where e-mails go: smtp://user:password@host:587 or smtps://user:password@host:465.',
      'Empty: `npm start` runs a mailbox, which keeps every e-mail and sends none on.',
    ),
  ),
  MAIL_FROM: Joi.string().description('Sender of e-mails. Default: no-reply@ and the host of PUBLIC_URL.'),
  INBOUND_ADDRESS: Joi.string()
    .email({ tlds: false })
    .description(
      says(
        'Where replies and failures come in, such as reponses@example.org: each e-mail has an address of its own there,',
        'reponses+<id>@example.org. Hand what it receives to `desk inbound` or to POST /webhooks/inbound.',
        "Empty: replies go to a person's own address.",
      ),
    ),
  INBOUND_SECRET: Joi.string()
    .min(32)
    .description(
      'What a mail server shows at POST /webhooks/inbound (Authorization: Bearer SECRET), 32 signs or more. Empty: shut.',
    ),
  MAILBOX_PORT: Joi.number()
    .port()
    .default(1080)
    .description('Web page and JSON list (GET /email) of the embedded mailbox.'),
  SESSION_SECRETS: Joi.string()
    .custom(eachLongEnough)
    .description(
      says(
        'Secrets that sign cookies and seal second factors, separated by commas, 32 signs or more; the first one signs.',
        'To replace one, put the new one before it and take the old one away later: second factors that nobody used',
        'meanwhile need a recovery code then. `npm start` makes one under DATA_DIR outside production.',
      ),
    ),
  // All four or none: single sign-on.
  OIDC_ISSUER: url('http', 'https')
    .custom(httpsUnlessLoopback)
    .description(
      says(
        'Single sign-on by OpenID Connect (ProConnect, or any other provider): all four or none. Register the addresses',
        'PUBLIC_URL/connexion/organisation/retour (after sign-in) and PUBLIC_URL/connexion (after sign-out) with the',
        'provider, and ask for the scopes openid and email. It opens the accounts that exist, by their verified e-mail',
        'address; it makes none. https, but on this machine.',
      ),
    ),
  OIDC_CLIENT_ID: Joi.string().description('The name that the provider has given to this desk.'),
  OIDC_CLIENT_SECRET: Joi.string().description('The secret that goes with it.'),
  OIDC_NAME: Joi.string().description('As people call the provider: the button says "Se connecter avec ProConnect".'),
  DATA_DIR: Joi.string().default('data').description('Where the embedded services keep their files.'),
  TERRITORY_DIR: Joi.string().description(
    says(
      'The folder of the territory: its communes, partners, rules and words. Like src/data/territory, which is the default;',
      'README.md, "Another territory", tells what it holds.',
    ),
  ),
  TRUST_PROXY: Joi.number().integer().min(0).default(0).description('Number of proxies in front of the web process.'),
  // Its reminders are to made-up people: not by default where e-mails really leave.
  DEMO: Joi.string()
    .valid('yes', 'no')
    .default(Joi.ref('SMTP_URL', { adjust: (smtp) => (smtp ? 'no' : 'yes') }))
    .description(
      says(
        'yes: load the demonstration on first start (only with the embedded store, never in production). no: start empty.',
        'Default: yes, but no when SMTP_URL is given, since its reminders would really leave.',
      ),
    ),
  STOP_DELAY: Joi.number()
    .min(0)
    .max(60)
    .default(Joi.ref('NODE_ENV', { adjust: (environment) => (environment === 'production' ? 5 : 0) }))
    .description(
      says(
        'For so many seconds a web process that is asked to stop still takes requests, while /readyz is red: as long as the',
        'balancer in front may need to see it. Default: 0, but 5 in production.',
      ),
    ),
  HUMAN_SECONDS: Joi.number()
    .min(0)
    .default(20)
    .description(
      says(
        'A project sent sooner than so many seconds after its first answer is read by a person before any partner gets it.',
        '0 for programs that fill in the questionnaire (tests).',
      ),
    ),
  EMAIL_CONCURRENCY: Joi.number()
    .integer()
    .min(1)
    .default(5)
    .description('E-mails sent at the same time by one worker: so many at most leave twice when it is killed.'),
  EMAILS_A_MINUTE: Joi.number()
    .integer()
    .min(1)
    .default(1200)
    .description(
      says(
        'At most so many e-mails a minute in all; each worker process counts with the others.',
        'Lower it to what the mail server of SMTP_URL allows.',
      ),
    ),
  EMAILS_A_MINUTE_PER_DOMAIN: Joi.number()
    .integer()
    .min(1)
    .default(300)
    .description('At most so many e-mails a minute to one mail domain.'),
  METRICS_TOKEN: Joi.string()
    .min(32)
    .pattern(/^\S+$/)
    .messages({ 'string.pattern.base': '"METRICS_TOKEN" must hold no space' })
    .description(
      says(
        'What Prometheus shows at GET /metrics (Authorization: Bearer TOKEN), 32 signs or more.',
        'Empty: it answers connections from this machine alone, and none that a proxy hands on.',
      ),
    ),
  WORKER_PORT: Joi.number()
    .port()
    .description('Port on which the worker process serves /livez, /readyz and /metrics. Empty: none.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https').description(
    says(
      'Where traces go (OpenTelemetry, OTLP over HTTP): http://collector:4318. Empty: none is made. Spans hold patterns of',
      'addresses, names of commands and collections, and ids of jobs; no address that was asked for, no value.',
    ),
  ),
  OTEL_SERVICE_NAME: Joi.string()
    .default('porte-entree-innovation')
    .description('What traces call this process, such as porte-web and porte-worker.'),
  LOG_LEVEL: Joi.string()
    .valid('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent')
    .default('info')
    .description('trace, debug, info, warn, error, fatal or silent.'),
  NODE_ENV: Joi.string()
    .default('development')
    .description('production: pages are cached, the demonstration is never loaded, SESSION_SECRETS is required.'),
  PATH: Joi.string().default('').description('Where redis-server and Chromium are looked for.'),
})
  .and('OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME')
  .messages({ 'object.and': '{{#missing}} missing: OIDC_* go together, all four or none' });

/** Given by the machine: nobody sets it for the desk. */
const OF_THE_MACHINE = ['PATH'];

export interface Setting {
  name: string;
  /** As it would be written; null: none, or one that only `says` can tell. */
  byDefault: string | null;
  /** What it is for; lines separated by line feeds. */
  says: string;
}

/** Every setting, as the schema itself tells it, in its order. */
export const listSettings = (): Setting[] => {
  const { keys } = SETTINGS.describe() as {
    keys: Record<string, { flags?: { default?: unknown; description?: string } }>;
  };
  return Object.entries(keys)
    .filter(([name]) => !OF_THE_MACHINE.includes(name))
    .map(([name, { flags = {} }]) => ({
      name,
      byDefault: ['string', 'number'].includes(typeof flags.default) ? String(flags.default) : null,
      says: flags.description ?? '',
    }));
};
