import type { Partner } from '../territory/territory.js';
import type { RoutingDecision } from './decision.js';
import { declares, type Seen } from './facts.js';
import { NEED_WORDS } from './factTable.js';
import type { Ranked, Tried } from './weighMain.js';
import { atCommune, partnerName, quoted, typeset } from './wording.js';

/**
 * Every other active desk, most points first, with a French sentence that says why it was not chosen. When nobody was
 * chosen (`main` null), the sentence says what each desk could do: it is what a person reads in triage.
 */
export function whyNotOthers(
  main: Partner | null,
  ranked: Ranked[],
  tries: Tried[],
  seen: Seen,
): RoutingDecision['others'] {
  const points = new Map(ranked.map((one) => [one.partner.id, one.points]));
  return seen.territory.partners
    .filter((partner) => partner.role === 'desk' && partner.id !== main?.id)
    .map((partner) => ({
      partner: partner.id,
      points: points.get(partner.id) ?? 0,
      why: typeset(whyNot(partner, main, tries, seen)),
    }))
    .sort((a, b) => b.points - a.points);
}

function whyNot(desk: Partner, main: Partner | null, tries: Tried[], seen: Seen): string {
  const { commune, territory } = seen;
  const need = seen.needs[0];
  if (commune && !territory.serves(desk, commune)) return `N’intervient pas ${atCommune(commune)}.`;
  if (need === undefined) return 'Aucun besoin n’est choisi.';
  const declared = declares(desk, need);
  if (declared === 'none') return `Le besoin ${quoted(NEED_WORDS[need])} n’est pas dans ses missions.`;
  const missed = missedRule(desk, tries);
  if (missed) return `A ce besoin dans ses missions, mais il manque une condition : ${missed}.`;
  if (declared === 'fallback') return 'Ne traite ce besoin que si aucun autre guichet n’est plus direct.';
  if (main === null) return 'A ce besoin dans ses missions.';
  const winning = winningRule(main, tries);
  return winning
    ? `A aussi ce besoin dans ses missions. La règle ${quoted(winning)} donne la priorité à ${partnerName(main)}.`
    : `A aussi ce besoin dans ses missions, avec moins de points que ${partnerName(main)}.`;
}

/** The condition for want of which the rule closest to designating this desk did not: "le projet est industriel". */
function missedRule(desk: Partner, tries: Tried[]): string | null {
  const close = tries.filter(
    ({ trace, partners }) =>
      trace.verdict !== 'true' && partners.includes(desk) && trace.conditions[0]?.verdict === 'true',
  );
  close.sort((a, b) => b.rule.weight - a.rule.weight || b.trace.conditions.length - a.trace.conditions.length);
  const failing = close[0]?.trace.conditions.find((condition) => condition.verdict !== 'true');
  return failing ? `${failing.text} (vu : ${failing.saw})` : null;
}

/** The label of the heaviest rule that designated the chosen partner. */
function winningRule(main: Partner, tries: Tried[]): string | null {
  const won = tries.filter(({ trace, partners }) => trace.verdict === 'true' && partners.includes(main));
  won.sort((a, b) => b.rule.weight - a.rule.weight);
  return won[0]?.rule.label ?? null;
}
