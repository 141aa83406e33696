import { NEED_IDS, type Need } from '../territory/needs.js';
import type { Partner } from '../territory/territory.js';
import type { SeenCondition } from './conditions.js';
import type { RoutingDecision } from './decision.js';
import { declares, type Seen } from './facts.js';
import { NEED_WORDS } from './factTable.js';
import { heaviestFor, type Ranked, type Tried } from './weighMain.js';
import { atCommune, partnerName, quoted, typeset } from './wording.js';

/**
 * Every other active desk, most points first, with a French sentence that says why it was not chosen. When nobody was
 * chosen (`main` null), the sentence says what each desk could do: it is what a person reads in triage.
 */
export function whyNotOthers(
  desks: Partner[],
  main: Partner | null,
  ranked: Ranked[],
  tries: Tried[],
  seen: Seen,
): RoutingDecision['others'] {
  const others: RoutingDecision['others'] = [];
  const tooFar = seen.commune === null ? '' : `N’intervient pas ${atCommune(seen.commune)}.`;
  for (const desk of desks) {
    if (desk === main) continue;
    const points = ranked.find((one) => one.partner === desk)?.points ?? 0;
    others.push({ partner: desk.id, points, why: serves(desk, seen) ? whyNot(desk, main, tries, seen) : tooFar });
  }
  return others.sort((a, b) => b.points - a.points);
}

/** Does a desk serve the commune, as far as we know? */
const serves = (desk: Partner, { commune, profile }: Seen): boolean =>
  commune === null || profile.serving.includes(desk);

function whyNot(desk: Partner, main: Partner | null, tries: Tried[], seen: Seen): string {
  const need = seen.needs[0];
  if (need === undefined) return 'Aucun besoin n’est choisi.';
  const declared = declares(desk, need);
  if (declared === 'none') return NOT_ITS_MISSION[need];
  const missed = missedCondition(desk, tries);
  if (missed !== undefined)
    return typeset(
      `A ce besoin dans ses missions, mais il manque une condition : ${missed.text} (vu : ${missed.saw}).`,
    );
  if (declared === 'fallback') return 'Ne traite ce besoin que si aucun autre guichet n’est plus direct.';
  if (main === null) return 'A ce besoin dans ses missions.';
  return (
    heaviestFor(main, tries)?.priority(main) ??
    `A aussi ce besoin dans ses missions, avec moins de points que ${partnerName(main)}.`
  );
}

const NOT_ITS_MISSION = Object.fromEntries(
  NEED_IDS.map((need) => [need, `Le besoin ${quoted(NEED_WORDS[need])} n’est pas dans ses missions.`]),
) as Record<Need, string>;

/** The condition for want of which the rule closest to designating this desk did not: "le projet est industriel". */
function missedCondition(desk: Partner, tries: Tried[]): SeenCondition | undefined {
  let closest: Tried | null = null;
  for (const tried of tries)
    if (wasCloseTo(desk, tried) && (closest === null || isCloser(tried, closest))) closest = tried;
  return closest?.conditions.find((condition) => condition.verdict !== 'true');
}

const wasCloseTo = (desk: Partner, { judgement, partners, conditions }: Tried): boolean =>
  judgement.verdict !== 'true' && conditions[0]?.verdict === 'true' && partners.includes(desk);

/** Of two rules, the heavier; of equal weights, the one that went further. */
function isCloser(one: Tried, than: Tried): boolean {
  const difference = one.prepared.rule.weight - than.prepared.rule.weight;
  return difference > 0 || (difference === 0 && one.conditions.length > than.conditions.length);
}
