import type { Doubt, Gate, Rule, Ruleset } from '../../domain/routing/rule.js';
import { tableOf } from '../../domain/routing/rulesetInWords.js';

/** One row of the ruleset as a form gives it, not yet validated; its id is made from its label when it is added. */
export type RuleForm =
  | ({ table: 'gates' } & Omit<Gate, 'id'>)
  | ({ table: 'rules' } & Omit<Rule, 'id'>)
  | ({ table: 'doubts' } & Omit<Doubt, 'id'>);

/** What a manager may do to a draft, one button each. */
export type DraftAct =
  | { act: 'add'; form: RuleForm }
  | { act: 'change'; rule: string; form: RuleForm }
  | { act: 'remove'; rule: string }
  /** Past its neighbour; among the rules for partners, past its neighbour of the same role. */
  | { act: 'move'; rule: string; to: 'up' | 'down' }
  | { act: 'settings'; settings: Ruleset['settings'] };

type AnyRule = Gate | Rule | Doubt;

/** The ruleset once the act is done, and the id of the row that it is about; null when that row is not there. */
export function applyAct(ruleset: Ruleset, act: DraftAct): { ruleset: Ruleset; rule: string | null } | null {
  if (act.act === 'settings') return { ruleset: { ...ruleset, settings: act.settings }, rule: null };
  if (act.act === 'add') return add(ruleset, act.form);
  const table = tableOf(ruleset, act.rule);
  if (!table) return null;
  const rows: AnyRule[] = ruleset[table];
  const place = rows.findIndex(({ id }) => id === act.rule);
  if (act.act === 'change') {
    if (act.form.table !== table) return null;
    return { ruleset: { ...ruleset, [table]: rows.with(place, ruleOf(act.form, act.rule)) }, rule: act.rule };
  }
  const after = act.act === 'remove' ? rows.filter(({ id }) => id !== act.rule) : moved(rows, place, act.to);
  return { ruleset: { ...ruleset, [table]: after }, rule: act.rule };
}

const ruleOf = ({ table: _table, ...rule }: RuleForm, id: string): AnyRule => ({ id, ...rule });

/** After the last row of its list; a rule for a partner, after the last of its role. */
function add(ruleset: Ruleset, form: RuleForm): { ruleset: Ruleset; rule: string } {
  const id = newRuleId(form.label, ruleset);
  const one = ruleOf(form, id);
  const rows: AnyRule[] = ruleset[form.table];
  const last = rows.findLastIndex((row) => roleOf(row) === roleOf(one));
  return { ruleset: { ...ruleset, [form.table]: rows.toSpliced(last + 1, 0, one) }, rule: id };
}

function moved(rows: AnyRule[], place: number, to: 'up' | 'down'): AnyRule[] {
  const one = rows[place];
  const step = to === 'up' ? -1 : 1;
  let other = place + step;
  while (rows[other] && roleOf(rows[other]) !== roleOf(one)) other += step;
  const neighbour = rows[other];
  return one && neighbour ? rows.with(place, neighbour).with(other, one) : rows;
}

const roleOf = (row: AnyRule | undefined): string | null => (row && 'role' in row ? row.role : null);

/** "CCI pour l’eau" gives "cci-pour-l-eau", or "cci-pour-l-eau-2" when that one is taken. */
function newRuleId(label: string, ruleset: Ruleset): string {
  const plain = label.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, '-').slice(0, 50);
  const base = words.replace(/^-|-$/g, '') || 'regle';
  let id = base;
  for (let next = 2; tableOf(ruleset, id); next += 1) id = `${base}-${next}`;
  return id;
}
