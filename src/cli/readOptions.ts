import { type ParseArgsConfig, parseArgs } from 'node:util';
import { BadUsage } from './command.js';

/** The options of a command, and its other arguments where it takes any. Throws BadUsage for what it does not know. */
export const readOptions = <const Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> => {
  try {
    return parseArgs(config);
  } catch {
    throw new BadUsage('une option n’existe pas ou n’a pas de valeur');
  }
};
