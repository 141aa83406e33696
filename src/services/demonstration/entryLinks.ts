import type { Channel } from '../../domain/questionnaire/channel.js';
import type { Account } from '../../domain/referrals/access.js';
import { insertChannel } from '../channels.js';
import type { Parts } from '../parts.js';
import { chanceOf } from './chance.js';

/** The entry links of the demonstration, and how often people come by each; the others come by the front page. */
const LINKS: readonly (Pick<Channel, 'label' | 'kind'> & { weight: number })[] = [
  { label: 'Site de la CCI du Puy-de-Dôme', kind: 'site', weight: 10 },
  { label: 'Site de Thiers Dore et Montagne', kind: 'site', weight: 6 },
  { label: 'Affiche des pépinières d’entreprises', kind: 'poster', weight: 5 },
  { label: 'Lettre du comité de l’innovation', kind: 'email', weight: 4 },
  { label: 'Salon de l’industrie', kind: 'event', weight: 3 },
];
const BY_A_LINK = 0.35;

/** Makes them as a manager would. Gives a function that says by which one the project of a number came, or null. */
export const openEntryLinks = async (
  { channels }: Pick<Parts, 'channels'>,
  { by, at }: { by: Account; at: Date },
): Promise<(number: number) => string | null> => {
  const codes: { code: string; weight: number }[] = [];
  for (const { weight, ...link } of LINKS) {
    const { code } = await insertChannel({ channels, clock: () => at })(by, link);
    codes.push({ code, weight });
  }
  return (number) => {
    const chance = chanceOf(`link ${number}`);
    return chance.happens(BY_A_LINK) ? chance.pickWeighted(codes).code : null;
  };
};
