import { BadUsage } from './command.js';

/** The number of a version of the rules, as it was typed. Throws BadUsage. */
export const readVersionNumber = (typed: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(typed)) throw new BadUsage('une version des règles est un nombre\u00a0: 1, 2, 3…');
  return Number(typed);
};
