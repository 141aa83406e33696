import type { Partner } from '../territory/territory.js';
import type { RoutingDecision } from './decision.js';
import { declares, type Seen } from './facts.js';
import { NEED_WORDS } from './factTable.js';
import { gavePointsTo, type Ranked, type Tried } from './weighMain.js';
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
  for (const desk of desks) {
    if (desk === main) continue;
    const points = ranked.find((one) => one.partner === desk)?.points ?? 0;
    others.push({ partner: desk.id, points, why: whyNot(desk, main, tries, seen) });
  }
  return others.sort((a, b) => b.points - a.points);
}

function whyNot(desk: Partner, main: Partner | null, tries: Tried[], seen: Seen): string {
  const { commune, profile } = seen;
  const need = seen.needs[0];
  if (commune && !profile.serving.includes(desk)) return `N’intervient pas ${atCommune(commune)}.`;
  if (need === undefined) return 'Aucun besoin n’est choisi.';
  const declared = declares(desk, need);
  if (declared === 'none') return `Le besoin ${quoted(NEED_WORDS[need])} n’est pas dans ses missions.`;
  const missed = missedRule(desk, tries);
  if (missed) return typeset(`A ce besoin dans ses missions, mais il manque une condition : ${missed}.`);
  if (declared === 'fallback') return 'Ne traite ce besoin que si aucun autre guichet n’est plus direct.';
  if (main === null) return 'A ce besoin dans ses missions.';
  const winning = winningRule(main, tries);
  return winning
    ? typeset(
        `A aussi ce besoin dans ses missions. La règle ${quoted(winning)} donne la priorité à ${partnerName(main)}.`,
      )
    : `A aussi ce besoin dans ses missions, avec moins de points que ${partnerName(main)}.`;
}

/** The condition for want of which the rule closest to designating this desk did not: "le projet est industriel". */
function missedRule(desk: Partner, tries: Tried[]): string | null {
  const close = tries.filter(
    ({ judgement, partners, conditions }) =>
      judgement.verdict !== 'true' && conditions[0]?.verdict === 'true' && partners.includes(desk),
  );
  close.sort((a, b) => weightOf(b) - weightOf(a) || b.conditions.length - a.conditions.length);
  const failing = close[0]?.conditions.find((condition) => condition.verdict !== 'true');
  return failing ? `${failing.text} (vu : ${failing.saw})` : null;
}

const weightOf = ({ prepared }: Tried): number => prepared.rule.weight;

/** The label of the heaviest rule that designated the chosen partner. */
function winningRule(main: Partner, tries: Tried[]): string | null {
  const won = tries.filter((tried) => gavePointsTo(tried, main)).sort((a, b) => weightOf(b) - weightOf(a));
  return won[0]?.prepared.rule.label ?? null;
}
