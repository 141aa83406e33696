import type { Partner, Territory } from '../territory/territory.js';
import { prepareCondition, type Trial } from './conditions.js';
import type { RoutingFacts } from './decision.js';
import { readFacts, type Seen } from './facts.js';
import { type ProfileReader, profileReader } from './places.js';
import { type Plan, planner } from './plans.js';
import type { Doubt, Gate, Ruleset } from './rule.js';
import { prepareSentence, type Sentence } from './sentences.js';
import { type PreparedRule, prepareRule } from './weighMain.js';

/** A row that is not for a partner, made ready. */
export interface Prepared<Row> {
  row: Row;
  try: Trial;
  sentence: Sentence;
}

/** A ruleset and a territory, with all that does not depend on the project worked out. */
export interface CompiledRuleset {
  ruleset: Ruleset;
  territory: Territory;
  gates: Prepared<Gate>[];
  main: PreparedRule[];
  associated: PreparedRule[];
  doubts: Prepared<Doubt>[];
  /** What the needs alone settle of the rules of each role. */
  planMain: (seen: Seen) => Plan;
  planAssociated: (seen: Seen) => Plan;
  /** The active desks, in the directory's order. */
  desks: Partner[];
  /** The place of each partner in the directory. */
  places: ReadonlyMap<Partner, number>;
  profileOf: ProfileReader;
  read: (facts: RoutingFacts) => Seen;
}

const known = new WeakMap<Ruleset, WeakMap<Territory, CompiledRuleset>>();

/**
 * Gives the ruleset ready to decide, in a few milliseconds the first time and at once afterwards: kept as long as the
 * same ruleset and territory objects are. A ruleset must therefore never be changed in place; a changed draft is a new
 * object. Takes a ruleset that validateRuleset accepts.
 */
export function compileRuleset(ruleset: Ruleset, territory: Territory): CompiledRuleset {
  let byTerritory = known.get(ruleset);
  if (byTerritory === undefined) {
    byTerritory = new WeakMap();
    known.set(ruleset, byTerritory);
  }
  let compiled = byTerritory.get(territory);
  if (compiled === undefined) {
    compiled = compile(ruleset, territory);
    byTerritory.set(territory, compiled);
  }
  return compiled;
}

function compile(ruleset: Ruleset, territory: Territory): CompiledRuleset {
  const shared = new Map<string, Trial>();
  const prepare = <Row extends Gate | Doubt>(row: Row): Prepared<Row> => ({
    row,
    try: prepareCondition(row.when, territory, shared),
    sentence: prepareSentence(row.sentence),
  });
  const rules = ruleset.rules.map((rule) => prepareRule(rule, territory, shared));
  const profileOf = profileReader(territory);
  const main = rules.filter(({ rule }) => rule.role === 'main');
  const associated = rules.filter(({ rule }) => rule.role === 'associated');
  return {
    ruleset,
    territory,
    gates: ruleset.gates.map(prepare),
    main,
    associated,
    planMain: planner(main.map((one) => one.try)),
    planAssociated: planner(associated.map((one) => one.try)),
    doubts: ruleset.doubts.map(prepare),
    desks: territory.partners.filter(({ role }) => role === 'desk'),
    places: new Map(territory.partners.map((partner, i) => [partner, i])),
    profileOf,
    read: (facts) => readFacts(facts, territory, profileOf),
  };
}
