import { CommandError } from '../errors.js';
import { type Command, databaseOf } from './command.js';

/** What ends a transaction. Within one it is seen to in inTransaction; outside there is nothing to end. */
const ending = (name: string): Command => ({
  fields: [name, 'recoveryToken'],
  writes: false,
  run: (_context, command) => {
    if (databaseOf(command) !== 'admin')
      throw new CommandError(13, `${name} may only be run against the admin database.`);
    throw new CommandError(125, `${name} must be run within a transaction`);
  },
});

export const transactionCommands: Record<string, Command> = {
  commitTransaction: ending('commitTransaction'),
  abortTransaction: ending('abortTransaction'),
};
