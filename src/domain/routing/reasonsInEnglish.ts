import { NEEDS } from '../territory/needs.js';
import { STAGES } from '../territory/stages.js';
import type { Partner, PartnerKind, Territory } from '../territory/territory.js';
import { capital } from '../territory/typography.js';
import { isHeldBack, type Outcome, type RoutingDecision, type RoutingFacts } from './decision.js';

/** Of a project, what reasons are made of; decisions stored long ago have it too. */
export interface Decided {
  facts: Pick<RoutingFacts, 'needs' | 'commune' | 'stage'>;
  decision: Pick<RoutingDecision, 'outcome' | 'main'> & { associated: readonly string[] } & Partial<
      Pick<RoutingDecision, 'trace'>
    >;
}
type Saying = (decided: Decided, territory: Territory) => string[];

/** Names stay French: what kind of body this is, for who does not know it. */
const KINDS: Record<PartnerKind, string> = {
  cci: ', the chamber of commerce and industry,',
  metropole: ', the metropolitan authority,',
  university: ', the university,',
  'territoire-industrie': ', the local network for industry,',
  other: '',
};

const curly = (name: string): string => name.replace(/(\p{L})'(?=\p{L})/gu, '$1’');

/** A partner within a sentence, without what its full name has in brackets. */
const nameOf = (id: string, territory: Territory): string =>
  curly((territory.partner(id)?.name ?? id).replace(/ \(.*\)$/, ''));

const placeOf = ({ facts }: Decided, territory: Territory): string | null => {
  const commune = facts.commune === null ? undefined : territory.commune(facts.commune);
  return commune ? curly(commune.name) : null;
};

const takesStage = (partner: Partner | undefined, { facts }: Decided): boolean =>
  partner !== undefined && facts.stage !== null && partner.stages.includes(facts.stage);

const whyPartner: Saying = (decided, territory) => {
  const { main } = decided.decision;
  if (main === null) return [];
  const [need] = decided.facts.needs;
  const place = placeOf(decided, territory);
  const known = [need && `your main need is “${NEEDS[need].en}”`, place && `your project is in ${place}`].filter(
    (part): part is string => Boolean(part),
  );
  const partner = territory.partner(main);
  const who = `${nameOf(main, territory)}${partner ? KINDS[partner.kind] : ''}`;
  const opening = known.length > 0 ? `${known.join(' and ')}: ` : '';
  const sentence = `${opening}${who} ${known.length > 0 ? 'helps with this' : 'is best placed to help you'}.`;
  const first = capital(sentence);
  const { stage } = decided.facts;
  if (!stage || !takesStage(partner, decided)) return [first];
  return [`${first} It works with projects at your stage: ${STAGES[stage].en.toLowerCase()}.`];
};

const whyTriage: Saying = (decided, territory) => {
  if (isHeldBack({ trace: decided.decision.trace ?? [] }))
    return ['A person reads your project first, then chooses with you the partner who can help most.'];
  if (decided.facts.needs.length === 0)
    return ['You have not chosen a precise need yet: a person reads your project and finds who can help you.'];
  if (placeOf(decided, territory) === null)
    return ['We do not know in which town your project is: a person reads it and finds who can help you.'];
  return ['No partner stands out clearly enough: a person reads your project and chooses.'];
};

const whyElsewhere: Saying = (decided, territory) => {
  const place = placeOf(decided, territory);
  return [place ? `Your project is in ${place}, outside our area.` : 'Your project is outside our area.'];
};

const WHY: Record<Outcome, Saying> = {
  routed: whyPartner,
  triage: whyTriage,
  out_of_territory: whyElsewhere,
  rejected: () => [
    'This service is for business and innovation projects. If you are looking for a job, France Travail will help you better than we can.',
  ],
};

/**
 * Why, in plain English: the rules' own sentences are written by managers, in French. One sentence for the receipt, then
 * one for each associated partner, in the order of the decision. Ids that have left the directory are said as they are.
 */
export const reasonsInEnglish: Saying = (decided, territory) => [
  ...WHY[decided.decision.outcome](decided, territory),
  ...decided.decision.associated.map((id) => `${nameOf(id, territory)} can also help you.`),
];
