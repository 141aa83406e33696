import { verifyFacts } from '../services/statistics/verifyFacts.js';
import { BadUsage, type Command } from './command.js';

/** Differences said one by one; the others are only counted. */
const SAID = 50;

/** `desk verify`: holds every row and every count that is kept against the events. Exit code 1 when one differs. */
export const verify: Command = async (args, desk) => {
  if (args.length > 0) throw new BadUsage('cette commande ne prend rien');
  const verified = await desk.withStore((parts) => verifyFacts(parts)());
  if (verified === null) throw new Error('Un autre compte est en cours. Recommencez dans quelques minutes.');
  const { projects, months, differences } = verified;
  if (differences.length > 0)
    throw new Error(
      [...differences.slice(0, SAID), `Différences avec les faits\u00a0: ${differences.length}.`].join('\n'),
    );
  desk.print(`Vérifié d’après les faits\u00a0: projets ${projects}, mois ${months}. Aucune différence.`);
};
