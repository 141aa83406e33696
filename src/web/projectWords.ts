import type { RoutingFacts } from '../domain/questionnaire/facts.js';
import { NEEDS, type Need } from '../domain/territory/needs.js';
import { STAGES } from '../domain/territory/stages.js';
import type { Territory } from '../domain/territory/territory.js';
import { capital, frenchTypography } from '../domain/territory/typography.js';

export const needInWords = (need: Need | null | undefined): string =>
  need ? capital(frenchTypography(NEEDS[need].label)) : 'Besoin non précisé';

export const partnerInWords = (id: string, territory: Territory): string =>
  frenchTypography(territory.partner(id)?.name ?? id);

const communeInWords = (code: string | null, territory: Territory): string => {
  const commune = code === null ? undefined : territory.commune(code);
  return commune ? `${commune.name} (${commune.department})` : 'Commune non précisée';
};

/** What a project is about, in the words that lists and sheets of staff show. */
export const projectInWords = (
  { needs, stage, commune }: Pick<RoutingFacts, 'needs' | 'stage' | 'commune'>,
  territory: Territory,
) => ({
  need: needInWords(needs[0]),
  stage: stage ? STAGES[stage].label : 'Avancement non précisé',
  commune: communeInWords(commune, territory),
});
