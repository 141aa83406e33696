import { NEED_IDS, type Need } from '../territory/needs.js';
import { STAGE_IDS } from '../territory/stages.js';
import type { Partner } from '../territory/territory.js';
import type { CompiledRuleset } from './compileRuleset.js';
import { everyPlace, type PlaceKind } from './everyPlace.js';
import { factsKnown, type Seen } from './facts.js';
import { HOLDER_WORDS } from './factTable.js';
import { isIn } from './holds.js';
import { type Elementary, leavesThatMatter } from './leaves.js';

/** Answers that a ruleset may tell from others, and where the project is. */
export interface Combination {
  seen: Seen;
  /** Null: the commune is not known. */
  place: PlaceKind | null;
}

/** Other needs are tried by what they change; beyond this many kinds of sets, only a part of them is. */
const MOST_SETS = 64;

/**
 * Every combination of answers that can matter to the outcome or to the main partner, one of each kind. Exact: for each
 * main need, values that no remaining condition and no desk's missions tell apart are tried once. `isExact` of the
 * result says whether all sets of other needs could be tried as well.
 */
export function everyCombination(compiled: CompiledRuleset): { combinations: Iterable<Combination>; isExact: boolean } {
  const { ruleset } = compiled;
  const rows = [...ruleset.gates, ...ruleset.rules.filter(({ role }) => role === 'main'), ...ruleset.doubts];
  const mains = [null, ...NEED_IDS].map((main) => {
    const leaves = rows.flatMap((row) => leavesThatMatter(row.when, main));
    return { main, leaves, sets: setsOfOthers(main, leaves, compiled.desks) };
  });
  function* combinations(): Generator<Combination> {
    for (const { main, leaves, sets } of mains) yield* around(main, leaves, sets.sets, compiled);
  }
  return { combinations: combinations(), isExact: mains.every(({ sets }) => sets.isWhole) };
}

function* around(
  main: Need | null,
  leaves: Elementary[],
  sets: Need[][],
  { territory, desks, profileOf }: CompiledRuleset,
): Generator<Combination> {
  const on = (fact: string): Elementary[] => leaves.filter((leaf) => leaf.op !== 'inTerritory' && leaf.fact === fact);
  const readsCraft = on('craft').length > 0;
  const readsIndustry = on('industrial').length > 0;
  const stages = classes([null, ...STAGE_IDS], (stage) => [
    ...on('stage').map((leaf) => isOne(leaf, stage)),
    ...(readsIndustry ? [stage === 'industrialisation' || stage === 'settlement'] : []),
    ...desks.map((desk) => stage !== null && desk.stages.includes(stage)),
    stage === null,
  ]);
  const holders = classes([null, ...Object.keys(HOLDER_WORDS)], (holder) => [
    ...on('holderKind').map((leaf) => isOne(leaf, holder)),
    holder === null,
  ]);
  const sectors = readsCraft ? SECTORS : SECTORS.slice(0, readsIndustry || on('sectorClass').length > 0 ? 3 : 1);
  const places = classes([null, ...everyPlace(territory)], (place) => placeMarks(place, leaves));
  const texts = main === null ? TEXTS : TEXTS.slice(0, 1);
  for (const place of places)
    for (const others of sets)
      for (const stage of stages)
        for (const holderKind of on('holderKind').length > 0 ? holders : [null])
          for (const [sectorClass, craft] of sectors)
            for (const headcount of headcounts(on('headcount')))
              for (const [looksLikeSolicitation, looksLikeJobSearch] of texts) {
                const needs = main === null ? [] : [main, ...others];
                const known = { stage, holderKind, sectorClass, craft, headcount };
                const text = main === null ? { looksLikeSolicitation, looksLikeJobSearch } : {};
                const seen = factsKnown(needs, { ...known, ...text }, place?.commune ?? null, profileOf);
                yield { seen, place };
              }
}

/** Sector and craft: each class, then each class with a trade of the crafts register. */
const SECTORS: [string | null, boolean | null][] = [
  [null, null],
  ['manufacturing', false],
  ['other', false],
  [null, true],
  ['manufacturing', true],
  ['other', true],
];
const TEXTS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

const isOne = (leaf: Elementary, value: string | null): boolean =>
  leaf.op === 'in' ? leaf.values.includes(String(value)) : leaf.op === 'equals' && leaf.value === value;

/** On each side of every threshold. */
function headcounts(leaves: Elementary[]): (number | null)[] {
  const bounds = leaves.flatMap((leaf) =>
    leaf.op === 'between' ? [leaf.from, leaf.to] : leaf.op === 'atLeast' || leaf.op === 'atMost' ? [leaf.value] : [],
  );
  return [null, ...(bounds.length === 0 ? [] : [...new Set(bounds.flatMap((one) => [one - 1, one, one + 1]))])];
}

/** What tells a place from another: the conditions that hold there, and who serves it. */
function placeMarks(place: PlaceKind | null, leaves: Elementary[]): (boolean | string)[] {
  if (place === null) return ['unknown'];
  const { profile } = place;
  return [
    ...leaves.map((leaf) => leaf.op === 'inTerritory' && isIn(leaf.places, profile)),
    profile.serving.map(({ id }) => id).join(),
    profile.epci?.siren ?? '',
  ];
}

/** One value of each class: those with the same marks are one. */
function classes<Value>(values: readonly Value[], marksOf: (value: Value) => unknown[]): Value[] {
  const found = new Map<string, Value>();
  for (const value of values) {
    const key = JSON.stringify(marksOf(value));
    if (!found.has(key)) found.set(key, value);
  }
  return [...found.values()];
}

/**
 * One set of other needs for each thing that such sets can change: which conditions hold, which desks declare one of
 * them. A set changes what its needs change together, so that sets are found by adding one need after the other.
 */
function setsOfOthers(main: Need | null, leaves: Elementary[], desks: Partner[]): { sets: Need[][]; isWhole: boolean } {
  if (main === null) return { sets: [[]], isWhole: true };
  const lists = leaves.flatMap((leaf) => (leaf.op === 'contains' && leaf.fact === 'otherNeeds' ? [leaf.values] : []));
  const marks = [...lists, ...desks.map((desk) => desk.needs)];
  const markOf = (need: Need): bigint =>
    marks.reduce((sum, list, i) => ((list as string[]).includes(need) ? sum | (1n << BigInt(i)) : sum), 0n);
  const singles = NEED_IDS.filter((need) => need !== main).map((need): [Need, bigint] => [need, markOf(need)]);
  const found = new Map<bigint, Need[]>([[0n, []]]);
  for (const [mark, set] of found) {
    for (const [need, one] of singles) {
      if (found.size >= MOST_SETS) return { sets: [...found.values()], isWhole: false };
      if (!found.has(mark | one)) found.set(mark | one, [...set, need]);
    }
  }
  return { sets: [...found.values()], isWhole: true };
}
