import { NEED_IDS, type Need } from '../territory/needs.js';
import { STAGE_IDS } from '../territory/stages.js';
import type { Commune, Epci, Partner, Territory } from '../territory/territory.js';
import type { Outcome, RoutingFacts } from './decision.js';
import { FACTS, type FactId, HOLDER_WORDS } from './factTable.js';
import { classifySector, isCraft } from './sectors.js';
import { looksLikeJobSearch, looksLikeSolicitation } from './solicitation.js';

export type FactValue = string | number | boolean | string[];
export type FactValues = Record<FactId, FactValue | null>;

/** What conditions see of a project: the value of every fact (null: unknown) and where the project is. */
export interface Seen {
  values: FactValues;
  needs: Need[];
  commune: Commune | null;
  epci: Epci | null;
  territory: Territory;
}

const UNKNOWN = Object.fromEntries(Object.keys(FACTS).map((id) => [id, null])) as FactValues;

/**
 * Derives the facts from the answers. Pure and total: words that are not ours are taken as not answered.
 * Industrial (territory data): stage industrialisation or settlement, or a manufacturing sector.
 */
export function readFacts(facts: RoutingFacts, territory: Territory): Seen {
  const needs = [...new Set(facts.needs.filter((need) => NEED_IDS.includes(need)))];
  const stage = facts.stage !== null && STAGE_IDS.includes(facts.stage) ? facts.stage : null;
  const holderKind =
    facts.holderKind !== null && Object.hasOwn(HOLDER_WORDS, facts.holderKind) ? facts.holderKind : null;
  const commune = (facts.commune === null ? undefined : territory.commune(facts.commune)) ?? null;
  const preciseNeed = needs.some((need) => need !== 'advice');
  const sectorClass = classifySector(facts.sector);
  const values: FactValues = {
    ...UNKNOWN,
    mainNeed: needs[0] ?? null,
    otherNeeds: needs.length === 0 ? null : needs.slice(1),
    preciseNeed,
    stage,
    holderKind,
    headcount: Number.isFinite(facts.headcount) ? facts.headcount : null,
    sectorClass,
    industrial: isIndustrial(stage, sectorClass),
    craft: isCraft(facts.sector),
    commune: commune?.name ?? null,
    looksLikeSolicitation: preciseNeed ? null : looksLikeSolicitation(facts),
    looksLikeJobSearch: preciseNeed ? null : looksLikeJobSearch(facts),
  };
  const epci = (commune?.epci ? territory.epci(commune.epci) : undefined) ?? null;
  return { values, needs, commune, epci, territory };
}

function isIndustrial(stage: string | null, sectorClass: string | null): boolean | null {
  if (stage === 'industrialisation' || stage === 'settlement' || sectorClass === 'manufacturing') return true;
  return stage === null || sectorClass === null ? null : false;
}

/** The same, once the outcome and the main partner are known. `lead`: points ahead of the next desk. */
export function afterDecision(seen: Seen, outcome: Outcome, main: Partner | null, lead: number | null): Seen {
  const after: Partial<FactValues> = {
    outcome,
    mainKind: main?.kind ?? null,
    mainDeclaresNeed: main ? declares(main, seen.needs[0]) : null,
    stageFits: main ? stageFits(main, seen) : null,
    lead,
  };
  return { ...seen, values: { ...seen.values, ...after } };
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
