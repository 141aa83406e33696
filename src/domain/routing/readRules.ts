import { BadSettings } from '../../errors.js';

/** A condition as rules.json writes it: in full (rule.ts), or by the name of one that stands above it, under "named". */
type Written = string | { op?: unknown; of?: Written | Written[] };

interface WrittenRow {
  when?: Written;
}

/** A territory's rules.json: a ruleset, and conditions that its rows use by their names. */
export interface WrittenRules {
  version?: unknown;
  settings?: unknown;
  named?: Record<string, Written>;
  gates?: WrittenRow[];
  rules?: WrittenRow[];
  doubts?: WrittenRow[];
}

/**
 * The ruleset that rules.json means, each name replaced by its condition. Whether the rest can be used is asked of
 * validateRuleset. Throws BadSettings for a name that nothing above has, with the row that uses it.
 */
export function readRules({ version, settings, named = {}, gates, rules, doubts }: WrittenRules): unknown {
  const known = new Map<string, unknown>();

  const full = (written: Written, where: string): unknown => {
    if (typeof written === 'string') {
      if (!known.has(written)) throw new BadSettings(`${where}: no condition above is named "${written}"`);
      return known.get(written);
    }
    const of = written?.of;
    if (Array.isArray(of)) return { ...written, of: of.map((one) => full(one, where)) };
    return of === undefined ? written : { ...written, of: full(of, where) };
  };

  for (const [name, condition] of Object.entries(named)) known.set(name, full(condition, `named.${name}`));
  const rows = (list: string, written: WrittenRow[] | undefined) =>
    written?.map((row, place) => (row.when ? { ...row, when: full(row.when, `${list}[${place}].when`) } : row));
  return {
    version,
    gates: rows('gates', gates),
    rules: rows('rules', rules),
    doubts: rows('doubts', doubts),
    settings,
  };
}
