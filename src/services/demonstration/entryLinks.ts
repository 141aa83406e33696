import type { Demonstration } from '../../data/demonstration.js';
import type { Account } from '../../domain/referrals/access.js';
import { insertChannel } from '../channels.js';
import type { Parts } from '../parts.js';
import { chanceOf } from './chance.js';

const BY_A_LINK = 0.35;

/** Makes them as a manager would. Gives a function that says by which one the project of a number came, or null. */
export const openEntryLinks = async (
  { channels }: Pick<Parts, 'channels'>,
  { links, by, at }: Pick<Demonstration, 'links'> & { by: Account; at: Date },
): Promise<(number: number) => string | null> => {
  const codes: { code: string; weight: number }[] = [];
  for (const { weight, ...link } of links) {
    const { code } = await insertChannel({ channels, clock: () => at })(by, link);
    codes.push({ code, weight });
  }
  return (number) => {
    const chance = chanceOf(`link ${number}`);
    return chance.happens(BY_A_LINK) ? chance.pickWeighted(codes).code : null;
  };
};
