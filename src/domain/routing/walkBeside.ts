import { NEED_IDS, type Need } from '../territory/needs.js';
import { STAGE_IDS } from '../territory/stages.js';
import type { Partner } from '../territory/territory.js';
import type { CompiledRuleset } from './compileRuleset.js';
import { everyPlace } from './everyPlace.js';
import { factsKnown } from './facts.js';
import { HOLDER_WORDS } from './factTable.js';
import { settle } from './settle.js';

/** What a sample of projects shows of the rules for associated partners. */
export interface BesideWalk {
  /** Ids of the rules that held and designated somebody. */
  fired: Set<string>;
  /** Partners named beside a decision. */
  named: Set<Partner>;
  /** Needs for which each partner was chosen or named. */
  served: Map<Partner, Set<Need>>;
}

/** How many draws for each main need, other need and stage. */
const DRAWS = 3;

/**
 * Tries every main need with every other need and every stage, the rest drawn by lot, places of the perimeter more often.
 * A sample, always the same one: what associated rules look at together is too much to be tried whole.
 */
export function* walkBeside(compiled: CompiledRuleset): Generator<void, BesideWalk> {
  const walk: BesideWalk = { fired: new Set(), named: new Set(), served: new Map() };
  const places = everyPlace(compiled.territory);
  const inside = places.filter(({ profile }) => profile.epci !== null);
  const holders = [null, ...Object.keys(HOLDER_WORDS)];
  const draw = drawer();
  for (const main of NEED_IDS)
    for (const other of [null, ...NEED_IDS]) {
      yield;
      for (const stage of [null, ...STAGE_IDS])
        for (let i = 0; i < DRAWS; i += 1) {
          const more = draw([null, null, ...NEED_IDS]);
          const needs = [...new Set([main, other, more].filter((need) => need !== null))];
          const known = {
            stage,
            holderKind: draw(holders),
            sectorClass: draw([null, 'manufacturing', 'other']),
            craft: draw([null, true, false]),
            headcount: draw([null, 0, 5, 50, 500]),
          };
          const place = draw(draw([inside, inside, inside, places]));
          note(walk, factsKnown(needs, known, place.commune, compiled.profileOf), compiled);
        }
    }
  return walk;
}

function note(walk: BesideWalk, seen: Parameters<typeof settle>[0], compiled: CompiledRuleset): void {
  const { main, associated, associatedTries } = settle(seen, compiled, null);
  for (const { judgement, partners, prepared } of associatedTries)
    if (judgement.verdict === 'true' && partners.length > 0) walk.fired.add(prepared.rule.id);
  for (const partner of associated) walk.named.add(partner);
  for (const partner of main === null ? associated : [main, ...associated]) {
    const needs = walk.served.get(partner) ?? new Set<Need>();
    for (const need of seen.needs) if (partner.needs.includes(need)) needs.add(need);
    walk.served.set(partner, needs);
  }
}

/** Draws one value after the other, always in the same way (linear congruential generator of Numerical Recipes). */
function drawer(): <Value>(values: readonly Value[]) => Value {
  let state = 1;
  return (values) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return values[Math.floor((state / 2 ** 32) * values.length)]!;
  };
}
