import { rebuildFacts } from '../services/statistics/rebuildFacts.js';
import { BadUsage, type Command } from './command.js';

/** `desk statistics rebuild`: makes every row and every count anew, from the events alone. */
export const statistics: Command = async ([what, ...rest], desk) => {
  if (rest.length > 0 || what !== 'rebuild') throw new BadUsage('choisissez rebuild');
  const months = await desk.withStore((parts) => rebuildFacts(parts)());
  if (months === null) throw new Error('Un autre compte est en cours. Recommencez dans quelques minutes.');
  desk.print(`Chiffres recomptés\u00a0: ${months} mois.`);
};
