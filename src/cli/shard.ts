import { isMongos, shardCommands, shardStore } from '../data/sharding.js';
import { Invalid } from '../errors.js';
import { BadUsage, type Command } from './command.js';

/**
 * `desk shard [--run]`: prints the commands that lay the store out on a sharded cluster, as mongosh takes them; with --run
 * gives them to the mongos of MONGODB_URL. Refused on any other store.
 */
export const shard: Command = async (args, desk) => {
  const [option, ...rest] = args;
  if (rest.length > 0 || (option !== undefined && option !== '--run')) throw new BadUsage('seule option\u00a0: --run');
  await desk.withStore(async ({ connection }) => {
    if (option === undefined) {
      const lines = shardCommands(connection.name).map((command) => `db.adminCommand(${JSON.stringify(command)})`);
      return desk.print(lines.join('\n'));
    }
    if (!(await isMongos(connection)))
      throw new Invalid(
        'Cette base n’est pas un cluster MongoDB réparti\u00a0: MONGODB_URL doit mener à un mongos. Rien n’a été changé.',
      );
    const given = await shardStore(connection);
    desk.print(`La base est répartie. Commandes données\u00a0: ${given}.`);
  });
};
