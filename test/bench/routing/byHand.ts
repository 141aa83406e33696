import type { RoutingFacts } from '../../../src/domain/routing/decision.js';
import { classifySector } from '../../../src/domain/routing/sectors.js';
import type { Need } from '../../../src/domain/territory/needs.js';
import type { Commune, Epci, Territory } from '../../../src/domain/territory/territory.js';

const UNIVERSITY = 'universite-clermont-auvergne';
const METROPOLE = 'clermont-auvergne-metropole';
const CCI: Record<string, string> = {
  '03': 'cci-allier',
  '42': 'cci-loire',
  '43': 'cci-haute-loire',
  '63': 'cci-puy-de-dome',
};
const AROUND = ['03', '15', '43', '63'];

/** Who gets a project: the rules of the territory as somebody would write them into a program, with no word of why. */
export function partnerByHand(facts: RoutingFacts, territory: Territory): string | null {
  const need = facts.needs[0];
  const commune = facts.commune === null ? undefined : territory.commune(facts.commune);
  if (!need || !commune) return null;
  const epci = commune.epci ? territory.epci(commune.epci) : undefined;
  if (isForUniversity(need, facts, epci !== undefined || AROUND.includes(commune.department))) return UNIVERSITY;
  if (epci === undefined && commune.department !== '63') return null;
  return deskNear(need, facts, commune, epci);
}

function isForUniversity(need: Need, { needs, stage, holderKind }: RoutingFacts, isAround: boolean): boolean {
  if (need === 'research' || need === 'student-entrepreneurship') return true;
  if (need === 'business-creation') return holderKind === 'student' && isAround;
  if (need !== 'technology-transfer' && need !== 'incubation') return false;
  if (holderKind === 'student' || holderKind === 'researcher') return true;
  if (needs.includes('research') || needs.includes('student-entrepreneurship')) return true;
  return stage === 'research' && isAround;
}

function deskNear(need: Need, { stage, sector }: RoutingFacts, { department }: Commune, epci?: Epci): string | null {
  const cci = CCI[department] ?? null;
  const industry = epci?.territoireIndustrie ? `ti-${epci.territoireIndustrie}` : cci;
  switch (need) {
    case 'industrial-land':
    case 'brownfields':
    case 'industry-of-the-future':
    case 'energy':
    case 'inward-investment':
    case 'cooperation':
    case 'acceptability':
      return epci?.isMetropole ? METROPOLE : industry;
    case 'water':
    case 'skills':
      if (need === 'water' && epci?.isMetropole) return METROPOLE;
      if (stage === 'industrialisation' || stage === 'settlement' || classifySector(sector) === 'manufacturing')
        return industry;
      return cci;
    case 'start-up-premises':
    case 'business-premises':
    case 'mobility':
    case 'social-economy':
      return epci?.isMetropole ? METROPOLE : cci;
    default:
      return cci;
  }
}
