import { startOfLocalDay } from '../../domain/calendar/businessTime.js';
import { businessHoursInWords, dayInWords } from '../../domain/calendar/words.js';
import type { Referral } from '../../domain/referrals/referral.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import type { Candidate, PartnerToday } from '../../services/candidates.js';
import { partnerInWords } from '../projectWords.js';

const DECLARES: Record<NonNullable<Candidate['declares']>, string> = {
  direct: 'Besoin : dans ses missions',
  fallback: 'Besoin : seulement à défaut d’un autre guichet',
  none: 'Besoin : pas dans ses missions',
};

const servesInWords = (serves: boolean | null): string => {
  if (serves === null) return 'Commune : non précisée';
  return serves ? 'Commune : sur son territoire' : 'Commune : hors de son territoire';
};

const plural = (count: number, one: string, many: string): string => `${count} ${count > 1 ? many : one}`;

/** How busy the partner is, and whether somebody is there. */
const todayInWords = ({ people, waiting, taken, late, hoursToTake, nobodyBefore }: PartnerToday): string[] => {
  const lateOnes = late > 0 ? `, dont ${plural(late, 'en retard', 'en retard')}` : '';
  const there = nobodyBefore
    ? `Personne avant ${dayInWords(startOfLocalDay(nobodyBefore))}`
    : plural(people, 'personne prend les projets', 'personnes prennent les projets');
  return [
    people === 0 ? 'Personne n’a encore de compte' : there,
    `${waiting} à prendre${lateOnes}, ${taken} en cours`,
    ...(hoursToTake === null ? [] : [`Prend en ${businessHoursInWords(hoursToTake)}, en général`]),
  ];
};

const hadIt = (partner: string, had: Referral[]): string | null => {
  const last = had.filter((referral) => referral.partner === partner).at(-1);
  if (!last) return null;
  return last.state === 'expired' ? 'N’a pas pris ce projet à temps.' : 'A refusé ce projet.';
};

/** One card of views/manager/candidates.ejs: what speaks for a partner and against it, and how busy it is. */
export const candidateModel = (
  { partner, points, why, whyNot, serves, declares, today }: Candidate,
  { had, territory, chosen }: { had: Referral[]; territory: Territory; chosen: string },
) => ({
  id: partner.id,
  name: partnerInWords(partner.id, territory),
  isChosen: partner.id === chosen,
  hadIt: hadIt(partner.id, had),
  points: plural(points, 'point', 'points'),
  rows: [
    ...(why.length > 0 ? [{ title: 'Pourquoi oui', lines: why.map(frenchTypography) }] : []),
    ...(whyNot ? [{ title: 'Pourquoi non', lines: [frenchTypography(whyNot)] }] : []),
    {
      title: 'Pour ce projet',
      lines: [servesInWords(serves), declares ? DECLARES[declares] : 'Besoin : non précisé'],
    },
    { title: 'Aujourd’hui', lines: todayInWords(today) },
  ],
});
