import type { Redis } from 'ioredis';
import { freePort } from './freePort.js';
import { PASSWORD, redisServers } from './redisServers.js';
import { until } from './startProcesses.js';

const MASTERS = 3;
const SLOTS = 16_384;

const infoOf = async (node: Redis): Promise<string> => String(await node.cluster('INFO'));
const isWhole = async (node: Redis, nodes: number): Promise<boolean> => {
  const info = await infoOf(node);
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${nodes}`);
};
const isLinked = async (node: Redis): Promise<boolean> =>
  (await node.info('replication')).includes('master_link_status:up');

/** Slots from `first` to `last` of the master of this place. */
const shareOf = (place: number): [first: number, last: number] => [
  Math.ceil((SLOTS / MASTERS) * place),
  Math.ceil((SLOTS / MASTERS) * (place + 1)) - 1,
];

/** A real Redis Cluster on loopback: three masters, each with a replica when asked for. `url` is as in REDIS_URL. */
export const startRedisCluster = async ({ replicas = false } = {}) => {
  const servers = await redisServers();
  const size = replicas ? 2 * MASTERS : MASTERS;
  const ports: number[] = [];
  const buses: number[] = [];
  while (ports.length < size) ports.push(await freePort());
  while (buses.length < size) buses.push(await freePort());

  const nodes: Redis[] = [];
  for (const [place, port] of ports.entries()) {
    await servers.configure(port, [
      'cluster-enabled yes',
      `cluster-port ${buses[place]}`,
      'cluster-node-timeout 1000',
      'cluster-replica-validity-factor 0',
      'appendonly yes',
      'repl-diskless-sync-delay 0',
      `requirepass "${PASSWORD}"`,
      `masterauth "${PASSWORD}"`,
    ]);
    nodes.push(await servers.start(port));
  }
  for (const [place, node] of nodes.entries()) {
    await node.cluster('SET-CONFIG-EPOCH', place + 1);
    if (place < MASTERS) await node.call('CLUSTER', 'ADDSLOTSRANGE', ...shareOf(place).map(String));
    if (place > 0) await nodes[0]?.call('CLUSTER', 'MEET', '127.0.0.1', `${ports[place]}`, `${buses[place]}`);
  }
  for (const node of nodes) await until('a whole cluster', () => isWhole(node, size));
  for (const [place, node] of nodes.slice(MASTERS).entries()) {
    await node.cluster('REPLICATE', String(await nodes[place]?.cluster('MYID')));
    await until('a replica that follows', () => isLinked(node));
  }

  const mastersNow = async (): Promise<number[]> => {
    const roles = servers.ports().map(async (port) => {
      const isMaster = (await servers.on(port).info('replication')).includes('role:master');
      return isMaster ? [port] : [];
    });
    return (await Promise.all(roles)).flat();
  };

  const masterOf = async (key: string): Promise<number> => {
    const [asked] = servers.ports();
    const node = servers.on(asked ?? 0);
    const slot = Number(await node.cluster('KEYSLOT', key));
    const slots = await node.cluster('SLOTS');
    const found = slots.find(([first, last]) => first <= slot && slot <= last);
    if (!found) throw new Error(`nobody serves slot ${slot}`);
    return found[2]?.[1] ?? 0;
  };

  const start = async (port: number): Promise<void> => void (await servers.start(port));

  const untilWhole = async (): Promise<void> => {
    for (const port of ports) await until('a whole cluster', () => isWhole(servers.on(port), size));
  };

  /** Moves the slot of a key, with all it holds, to another master; gives the port of that one. */
  const moveSlotOf = async (key: string): Promise<number> => {
    const from = await masterOf(key);
    const to = (await mastersNow()).find((port) => port !== from) ?? from;
    const [source, target] = [servers.on(from), servers.on(to)];
    const slot = Number(await source.cluster('KEYSLOT', key));
    const [sourceId, targetId] = [String(await source.cluster('MYID')), String(await target.cluster('MYID'))];
    await target.call('CLUSTER', 'SETSLOT', `${slot}`, 'IMPORTING', sourceId);
    await source.call('CLUSTER', 'SETSLOT', `${slot}`, 'MIGRATING', targetId);
    for (;;) {
      const keys = (await source.cluster('GETKEYSINSLOT', slot, 2)) as string[];
      if (keys.length === 0) break;
      await source.call('MIGRATE', '127.0.0.1', `${to}`, '', '0', '5000', 'AUTH', PASSWORD, 'KEYS', ...keys);
    }
    await target.call('CLUSTER', 'SETSLOT', `${slot}`, 'NODE', targetId);
    await source.call('CLUSTER', 'SETSLOT', `${slot}`, 'NODE', targetId);
    return to;
  };

  return {
    url: ports.map((port) => `redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`).join(','),
    /** The port of the master that holds a key. */
    masterOf,
    moveSlotOf,
    untilWhole,
    kill: servers.kill,
    signal: servers.signal,
    start,
    async killAll(): Promise<void> {
      for (const port of ports) await servers.kill(port);
    },
    async startAll(): Promise<void> {
      for (const port of ports) await start(port);
      await untilWhole();
    },
    /** Keys of all masters that match a pattern, with the port of who holds each. */
    async keys(pattern: string): Promise<{ key: string; port: number }[]> {
      const found: { key: string; port: number }[] = [];
      for (const port of await mastersNow()) {
        for (const key of await servers.on(port).keys(pattern)) found.push({ key, port });
      }
      return found;
    },
    stop: servers.stop,
  };
};
