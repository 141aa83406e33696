import { startOfLocalDay } from '../calendar/businessTime.js';
import { dayInWords } from '../calendar/words.js';
import { NEEDS } from '../territory/needs.js';
import type { Territory } from '../territory/territory.js';
import { frenchTypography } from '../territory/typography.js';
import type { AssignedBecause, BecauseCode } from './assignment.js';
import type { ReferralAbout } from './referral.js';

interface Known {
  about: Pick<ReferralAbout, 'need' | 'epci'>;
  territory: Pick<Territory, 'epci'>;
  /** Of the partner, by id. */
  people: ReadonlyMap<string, { name: string }>;
  now: Date;
}

const placeOf = ({ about, territory }: Known): string =>
  (about.epci === null ? undefined : territory.epci(about.epci)?.name) ?? 'cette commune';

/** Why somebody was given a project: what follows the name, as in "Anne D. : le moins de projets en cours (3)". */
const ASSIGNED_BECAUSE: Record<BecauseCode, (because: AssignedBecause, known: Known) => string> = {
  'only-for-need': (_because, { about }) =>
    about.need
      ? `la seule personne disponible pour « ${NEEDS[about.need].label} »`
      : 'la seule personne disponible pour ce besoin',
  'only-for-place': (_because, known) => `la seule personne disponible pour ${placeOf(known)}`,
  only: () => 'la seule personne disponible',
  lightest: ({ load }) => (load ? `le moins de projets en cours (${load})` : 'aucun projet en cours'),
  'longest-ago': () => 'pas plus de projets que les autres, et le dernier reçu est le plus ancien',
  deputy: ({ deputyOf, until }, { people, now }) => {
    const name = (deputyOf && people.get(deputyOf)?.name) || 'une personne absente';
    return `remplace ${name}${until ? ` jusqu’au ${dayInWords(startOfLocalDay(until), now)}` : ''}`;
  },
  lead: () => 'responsable, faute d’une autre personne disponible',
};

/** The sentence of an assignment; null when nobody was chosen. */
export const assignmentInWords = (because: AssignedBecause | null, known: Known): string | null =>
  because && frenchTypography(ASSIGNED_BECAUSE[because.code](because, known));
