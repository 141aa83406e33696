import type { Territory } from '../territory/territory.js';
import type { Ruleset } from './rule.js';
import { type RuleInWords, type RuleTable, rulesetInWords } from './rulesetInWords.js';

/** One row that is not the same in two rulesets, in French. `before` is null when added, `after` when removed. */
export interface RuleChange {
  table: RuleTable | 'settings';
  rule: string;
  label: string;
  kind: 'added' | 'removed' | 'changed' | 'moved';
  /** "le poids": "10 points" before, "8 points" after. */
  what: { what: string; before: string | null; after: string | null }[];
}

const FIELDS = {
  label: 'le libellé',
  when: 'la condition',
  to: 'le partenaire désigné',
  role: 'le rôle',
  weight: 'le poids',
  sentence: 'la phrase pour le porteur de projet',
} as const satisfies Partial<Record<keyof RuleInWords, string>>;

const SETTINGS: Record<keyof Ruleset['settings'], string> = {
  triageBelow: 'la confiance sous laquelle une personne décide',
  tieMargin: 'l’écart de points sous lequel deux partenaires sont à égalité',
  maxAssociated: 'le nombre de partenaires associés, au plus',
  presumedPenalty: 'ce que retire à la confiance une réponse supposée',
  stagePenalty: 'les points que perd un partenaire associé fait pour un autre stade d’avancement',
};

/**
 * What has changed from one ruleset to another: rows removed, added, changed and, for those whose order decides (the
 * first that holds), moved; then settings. Empty when both decide in the same way with the same words. Versions' names
 * are not compared.
 */
export function diffRulesets(before: Ruleset, after: Ruleset, territory: Territory): RuleChange[] {
  const [old, fresh] = [rulesetInWords(before, territory), rulesetInWords(after, territory)];
  const oldById = new Map(old.map((row) => [row.id, row]));
  const freshById = new Map(fresh.map((row) => [row.id, row]));
  const removed = old.filter(({ id }) => !freshById.has(id)).map((row) => change(row, 'removed', valuesOf(row, null)));
  const others = fresh.flatMap((row): RuleChange[] => {
    const was = oldById.get(row.id);
    if (was === undefined) return [change(row, 'added', valuesOf(null, row))];
    const what = valuesOf(was, row).filter((one) => one.before !== one.after);
    return what.length === 0 ? [] : [change(row, 'changed', what)];
  });
  return [...removed, ...others, ...movedGates(before, after), ...changedSettings(before, after)];
}

const change = ({ table, id, label }: RuleInWords, kind: RuleChange['kind'], what: RuleChange['what']): RuleChange => ({
  table,
  rule: id,
  label,
  kind,
  what,
});

const valuesOf = (before: RuleInWords | null, after: RuleInWords | null): RuleChange['what'] =>
  (Object.keys(FIELDS) as (keyof typeof FIELDS)[])
    .map((field) => ({ what: FIELDS[field], before: before?.[field] ?? null, after: after?.[field] ?? null }))
    .filter((one) => one.before !== null || one.after !== null);

/** Gates that now come before one that they came after: the first that holds decides, so that order matters. */
function movedGates(before: Ruleset, after: Ruleset): RuleChange[] {
  const kept = before.gates.map(({ id }) => id).filter((id) => after.gates.some((gate) => gate.id === id));
  const now = after.gates.filter(({ id }) => kept.includes(id));
  return now.flatMap(({ id, label }, place): RuleChange[] => {
    const was = kept.indexOf(id);
    if (was === place) return [];
    const what = [{ what: 'l’ordre', before: `nº\u00a0${was + 1}`, after: `nº\u00a0${place + 1}` }];
    return [{ table: 'gates', rule: id, label, kind: 'moved', what }];
  });
}

function changedSettings(before: Ruleset, after: Ruleset): RuleChange[] {
  const words = (value: number): string => String(value).replace('.', ',');
  return (Object.keys(SETTINGS) as (keyof Ruleset['settings'])[])
    .filter((name) => before.settings[name] !== after.settings[name])
    .map((name) => ({
      table: 'settings',
      rule: name,
      label: SETTINGS[name],
      kind: 'changed',
      what: [{ what: 'la valeur', before: words(before.settings[name]), after: words(after.settings[name]) }],
    }));
}
