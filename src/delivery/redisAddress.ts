interface Host {
  host: string;
  port: number;
}

interface Credentials {
  username?: string;
  password?: string;
}

/** Where Redis is: one server, the nodes by which a cluster is found, or the sentinels that know who is the master. */
export type RedisAddress =
  | { kind: 'one'; url: string }
  | { kind: 'cluster'; nodes: Host[]; credentials: Credentials; tls: boolean }
  | {
      kind: 'sentinel';
      sentinels: Host[];
      /** Of the master, as the sentinels know it. */
      name: string;
      credentials: Credentials;
      /** Of the sentinels themselves, when they ask for one. */
      sentinelPassword?: string;
      tls: boolean;
    };

export const REDIS_ADDRESSES =
  'redis://:password@host:6379, such addresses separated by commas (a cluster), or ' +
  'redis+sentinel://:password@host:26379,host:26379/name; rediss for TLS';

const REDIS_PORT = 6379;
const SENTINEL_PORT = 26379;
const SENTINEL = /^(rediss?)\+sentinel:\/\/(?:(.*)@)?([^/?#@]+)\/([\w.-]+)(?:\?sentinelPassword=([^&#]+))?$/;

/** A host and its port. Throws TypeError when it is none. */
const hostIn = (text: string, port: number): Host => {
  const url = new URL(`redis://${text}`);
  if (!url.hostname || url.username || url.password || url.pathname || url.search || url.hash)
    throw new TypeError(`not a host: ${text}`);
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port || port) };
};

const credentialsIn = (text: string): Credentials => {
  const [username = '', ...rest] = text.split(':');
  const password = rest.join(':');
  return {
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
};

/** What stands before the last @, and after it. */
const apart = (address: string): [credentials: string, host: string] => {
  const at = address.lastIndexOf('@');
  return [address.slice(0, Math.max(at, 0)), address.slice(at + 1).replace(/\/0?$/, '')];
};

const sentinelIn = (setting: string): RedisAddress => {
  const [, scheme, login = '', hosts = '', name = '', sentinelPassword] = SENTINEL.exec(setting) ?? [];
  if (!scheme) throw new TypeError('not the address of sentinels');
  return {
    kind: 'sentinel',
    sentinels: hosts.split(',').map((host) => hostIn(host, SENTINEL_PORT)),
    name,
    credentials: credentialsIn(login),
    ...(sentinelPassword && { sentinelPassword: decodeURIComponent(sentinelPassword) }),
    tls: scheme === 'rediss',
  };
};

/** The first address says how all are reached; the others may leave out its scheme and its password. */
const clusterIn = (setting: string): RedisAddress => {
  const [first = '', ...others] = setting.split(',').map((part) => part.trim());
  const scheme = /^rediss?:\/\//.exec(first)?.[0];
  if (!scheme) throw new TypeError('not the addresses of a cluster');
  const [login] = apart(first.slice(scheme.length));
  const nodes = [first, ...others].map((address) => {
    const [own, host] = apart(address.startsWith(scheme) ? address.slice(scheme.length) : address);
    if (own && own !== login) throw new TypeError('nodes of one cluster share one password');
    return hostIn(host, REDIS_PORT);
  });
  return { kind: 'cluster', nodes, credentials: credentialsIn(login), tls: scheme === 'rediss://' };
};

/** What REDIS_URL says, in one of the forms of REDIS_ADDRESSES. Throws TypeError or URIError when it is none of them. */
export const redisAddress = (setting: string): RedisAddress => {
  if (/^rediss?\+sentinel:/.test(setting)) return sentinelIn(setting);
  if (setting.includes(',')) return clusterIn(setting);
  const { protocol, hostname } = new URL(setting);
  if (!['redis:', 'rediss:'].includes(protocol) || !hostname) throw new TypeError('not the address of a Redis');
  return { kind: 'one', url: setting };
};
