import { NEED_IDS, type Need } from '../territory/needs.js';
import { STAGE_IDS } from '../territory/stages.js';
import type { Commune, Partner, Territory } from '../territory/territory.js';
import type { Outcome, RoutingFacts } from './decision.js';
import { FACTS, type FactId, HOLDER_WORDS } from './factTable.js';
import type { Profile } from './places.js';
import { readSector } from './sectors.js';
import { readFreeText } from './solicitation.js';
import { factInWords } from './wording.js';

export type FactValue = string | number | boolean | string[];
export type FactValues = Record<FactId, FactValue | null>;

/** What conditions see of a project: the value of every fact (null: unknown) and where the project is. */
export interface Seen {
  values: FactValues;
  needs: Need[];
  commune: Commune | null;
  profile: Profile;
  /** What was already put into words, so that it is done once a decision; see sawOf. */
  said: Partial<Record<FactId | 'place', string>>;
}

const UNKNOWN = Object.fromEntries(Object.keys(FACTS).map((id) => [id, null])) as FactValues;
const NEEDS = new Set<string>(NEED_IDS);
const STAGES = new Set<string>(STAGE_IDS);

/**
 * Derives the facts from the answers. Pure and total: words that are not ours are taken as not answered.
 * Industrial (territory data): stage industrialisation or settlement, or a manufacturing sector.
 */
export function readFacts(
  facts: RoutingFacts,
  territory: Territory,
  profileOf: (commune: Commune | null) => Profile,
): Seen {
  const needs = readNeeds(facts.needs);
  const stage = facts.stage !== null && STAGES.has(facts.stage) ? facts.stage : null;
  const holderKind =
    facts.holderKind !== null && Object.hasOwn(HOLDER_WORDS, facts.holderKind) ? facts.holderKind : null;
  const commune = (facts.commune === null ? undefined : territory.commune(facts.commune)) ?? null;
  const text = needs.length > 0 ? {} : readFreeText(facts);
  const headcount = Number.isFinite(facts.headcount) ? facts.headcount : null;
  const known = { stage, holderKind, headcount, ...readSector(facts.sector), ...text };
  return factsKnown(needs, known, commune, profileOf);
}

/** The same, from answers already read: what follows from them is worked out here, for projects and for analyses. */
export function factsKnown(
  needs: Need[],
  known: Partial<FactValues>,
  commune: Commune | null,
  profileOf: (commune: Commune | null) => Profile,
): Seen {
  const values: FactValues = {
    ...UNKNOWN,
    ...known,
    mainNeed: needs[0] ?? null,
    otherNeeds: needs.length === 0 ? null : needs.slice(1),
    preciseNeed: needs.some((need) => need !== 'advice'),
    industrial: isIndustrial(known.stage ?? null, known.sectorClass ?? null),
    commune: commune?.name ?? null,
  };
  return { values, needs, commune, profile: profileOf(commune), said: {} };
}

/** The needs that are ours, each once. */
function readNeeds(needs: readonly Need[]): Need[] {
  const kept: Need[] = [];
  for (const need of needs) if (NEEDS.has(need) && !kept.includes(need)) kept.push(need);
  return kept;
}

function isIndustrial(stage: FactValue | null, sectorClass: FactValue | null): boolean | null {
  if (stage === 'industrialisation' || stage === 'settlement' || sectorClass === 'manufacturing') return true;
  return stage === null || sectorClass === null ? null : false;
}

/** The same, once the outcome and the main partner are known. `lead`: points ahead of the next desk. */
export function afterDecision(seen: Seen, outcome: Outcome, main: Partner | null, lead: number | null): Seen {
  const values: FactValues = {
    ...seen.values,
    outcome,
    mainKind: main?.kind ?? null,
    mainDeclaresNeed: main ? declares(main, seen.needs[0]) : null,
    stageFits: main ? stageFits(main, seen) : null,
    lead,
  };
  return { values, needs: seen.needs, commune: seen.commune, profile: seen.profile, said: {} };
}

/** What a condition saw, in French: the value of its fact, or the commune and where it is. */
export function sawOf(what: FactId | 'place', seen: Seen): string {
  let words = seen.said[what];
  if (words === undefined) {
    words = what === 'place' ? placeInWords(seen) : factInWords(what, seen.values[what]);
    seen.said[what] = words;
  }
  return words;
}

function placeInWords({ commune, profile: { epci } }: Seen): string {
  if (commune === null) return 'non précisé';
  return `${commune.name} (${epci ? epci.name : `département ${commune.department}`})`;
}

/** Is the need among the partner's missions, among those it takes for want of a better desk, or neither? */
export function declares(partner: Partner, need: Need | undefined): 'direct' | 'fallback' | 'none' {
  if (need && partner.needs.includes(need)) return 'direct';
  return need && partner.fallbackNeeds.includes(need) ? 'fallback' : 'none';
}

/** Is the partner made for the project's stage? Null when the stage is not known. */
export function stageFits(partner: Partner, seen: Seen): boolean | null {
  const { stage } = seen.values;
  if (partner.stages.length === 0) return true;
  return stage === null ? null : partner.stages.some((one) => one === stage);
}
