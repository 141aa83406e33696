import { parseArgs } from 'node:util';
import { restoreBackup } from '../data/backup/restoreBackup.js';
import { BadUsage, type Command } from './command.js';
import { tableOf } from './countTable.js';

/**
 * `desk restore FICHIER [--replace]`: puts a backup back into a store that holds nothing, or that `--replace` empties first.
 * The file is checked before anything is written. What an earlier version wrote is then brought to this one.
 */
export const restore: Command = async (args, desk) => {
  const { file, replace } = readArguments(args);
  const { header, counts } = await desk.withStore(
    async ({ connection, migrations }) => {
      const restored = await restoreBackup(connection)(file, { replace });
      await migrations.migrate();
      return restored;
    },
    { asItIs: true },
  );
  desk.print(tableOf(counts));
  desk.print(`Restauré\u00a0: ${file}, écrit le ${header.at.toISOString()} par la version ${header.application}.`);
};

function readArguments(args: string[]): { file: string; replace: boolean } {
  try {
    const options = { replace: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new BadUsage('donnez le nom d’un fichier');
    return { file, replace: values.replace };
  } catch (error) {
    throw error instanceof BadUsage ? error : new BadUsage('une option n’existe pas');
  }
}
