import { MigrationFailed } from '../data/migrations/migrate.js';
import { BadUsage, type Command } from './command.js';

/**
 * `desk migrate`: brings the store to what this version expects, once for all processes; run it before they start (Procfile:
 * release). While another one does, it waits. Stopped half way, it goes on from there the next time.
 */
export const migrate: Command = async (args, desk) => {
  if (args.length > 0) throw new BadUsage('cette commande ne prend rien');
  const options = {
    onWait: () => desk.warn('Une autre mise à jour est en cours\u00a0: elle est attendue.'),
    onBegin: (id: string) => desk.warn(`Mise à jour\u00a0: ${id}`),
  };
  const done = await desk.withStore(({ migrations }) => migrations.migrate(options).catch(asSentence), {
    asItIs: true,
  });
  desk.print(
    done.length === 0 ? 'La base est déjà à jour.' : `La base est à jour. Étapes faites\u00a0: ${done.length}.`,
  );
};

function asSentence(error: unknown): never {
  if (!(error instanceof MigrationFailed)) throw error;
  throw new Error(
    `La mise à jour s’est arrêtée\u00a0: ${error.message}. Ce qui est fait est gardé\u00a0; la même commande reprend à cet endroit.`,
    { cause: error },
  );
}
