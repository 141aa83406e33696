import { freePort } from './freePort.js';
import { PASSWORD, redisServers } from './redisServers.js';
import { until } from './startProcesses.js';

const NAME = 'desk';

/** A master, its replica, and a sentinel that lets the replica take over half a second after the master is gone. */
export const startRedisSentinel = async () => {
  const servers = await redisServers();
  const [master, replica, sentinel] = [await freePort(), await freePort(), await freePort()];
  const shared = [
    'appendonly yes',
    'repl-diskless-sync-delay 0',
    `requirepass "${PASSWORD}"`,
    `masterauth "${PASSWORD}"`,
  ];
  await servers.configure(master, shared);
  await servers.configure(replica, [...shared, `replicaof 127.0.0.1 ${master}`]);
  await servers.configure(sentinel, [
    `sentinel monitor ${NAME} 127.0.0.1 ${master} 1`,
    `sentinel auth-pass ${NAME} "${PASSWORD}"`,
    `sentinel down-after-milliseconds ${NAME} 500`,
    `sentinel failover-timeout ${NAME} 2000`,
  ]);
  await servers.start(master);
  const follower = await servers.start(replica);
  await until('a replica that follows', async () =>
    (await follower.info('replication')).includes('master_link_status:up'),
  );
  const watcher = await servers.start(sentinel, ['--sentinel']);
  const asked = async (): Promise<string[]> =>
    ((await watcher.call('SENTINEL', 'REPLICAS', NAME)) as string[][]).flat().map(String);
  await until('a sentinel that knows the replica', async () => (await asked()).includes(String(replica)));

  return {
    url: `redis+sentinel://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${sentinel}/${NAME}`,
    /** The port of who is master now, as the sentinel says. */
    master: async (): Promise<number> =>
      Number(((await watcher.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME)) as string[])[1]),
    on: servers.on,
    kill: servers.kill,
    signal: servers.signal,
    stop: servers.stop,
  };
};
