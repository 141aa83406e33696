import type { Request, Response } from 'express';
import type { Doubt, Gate, Rule, Ruleset } from '../../../domain/routing/rule.js';
import {
  doubtInWords,
  gateInWords,
  type RuleInWords,
  type RuleTable,
  ruleInWords,
} from '../../../domain/routing/rulesetInWords.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { NotFound } from '../../../errors.js';
import { paths } from '../../../paths.js';
import type { RuleForm } from '../../../services/rules/applyAct.js';
import type { DraftSeen, RulesetDraft } from '../../../services/rules/currentDraft.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import type { FieldErrors } from '../../parseForm.js';
import { renderPage } from '../../renderPage.js';
import { changeTree } from './conditionForm.js';
import { showLate } from './conflict.js';
import { faultsByField } from './faults.js';
import { keepOrder } from './keepOrder.js';
import { type RuleTyped, readRule, readTyped, typedOf } from './ruleForm.js';
import { rulePage } from './rulePage.js';

type AnyRule = Gate | Rule | Doubt;
type Needs = Pick<Services, 'editDraft' | 'readRules' | 'startDraft' | 'territory'>;

const RULE_TABLES: RuleTable[] = ['gates', 'rules', 'doubts'];

const ADDING: Record<RuleTable, string> = {
  gates: 'Ajouter une règle qui décide tout de suite',
  rules: 'Ajouter une règle',
  doubts: 'Ajouter une raison de douter',
};

interface Opened {
  table: RuleTable;
  /** Null when the rule is to be added. */
  id: string | null;
  rule: AnyRule | null;
  action: string;
  draft: RulesetDraft | null;
}

const inWords = (table: RuleTable, rule: AnyRule, territory: Territory): RuleInWords => {
  if (table === 'gates') return gateInWords(rule as Gate, territory);
  return table === 'doubts' ? doubtInWords(rule as Doubt, territory) : ruleInWords(rule as Rule, territory);
};

const WORDS: [keyof RuleInWords, string][] = [
  ['label', 'Nom'],
  ['when', 'Quand'],
  ['to', 'À qui'],
  ['role', 'Rôle'],
  ['weight', 'Poids'],
  ['sentence', 'Phrase'],
];

const comparedRows = (form: RuleForm, now: AnyRule | undefined, territory: Territory) => {
  const { table, ...rest } = form;
  const typed = inWords(table, { id: '', ...rest } as AnyRule, territory);
  const current = now ? inWords(table, now, territory) : null;
  return WORDS.filter(([name]) => typed[name] !== null).map(([name, what]) => ({
    what,
    typed: String(typed[name]),
    now: current && String(current[name] ?? ''),
  }));
};

/** Editing a rule of the draft, or adding one. The buttons of its condition send all that is typed round the server. */
export const ruleScreen = ({ editDraft, readRules, startDraft, territory }: Needs) => {
  const open = async (req: Request): Promise<Opened> => {
    const { draft } = await readRules(accountOf(req.account));
    const id = req.params['rule'] === undefined ? null : String(req.params['rule']);
    const wanted = String(req.params['table'] ?? '');
    const table = RULE_TABLES.find((one) => (id === null ? one === wanted : draft && findRule(draft.ruleset, one, id)));
    if (id === null && table) return { table, id, rule: null, action: paths.rulesAdd(table), draft };
    // The draft may be gone, or the rule, while a manager was typing: what was posted still says which list it is from.
    const posted = RULE_TABLES.find((one) => one === (req.body as Record<string, unknown> | undefined)?.['table']);
    if (id === null || !(table ?? posted)) throw new NotFound('Cette règle n’est pas dans le brouillon.');
    const rule = (draft && table && findRule(draft.ruleset, table, id)) || null;
    return { table: table ?? posted!, id, rule, action: paths.rulesEdit(id), draft };
  };

  const form = (opened: Opened, typed: RuleTyped, seen: DraftSeen | null, errors: FieldErrors = {}) =>
    rulePage(typed, {
      title: opened.id === null ? ADDING[opened.table] : 'Modifier une règle',
      action: opened.action,
      back: paths.rulesDraft(),
      draft: seen?.draft ?? opened.draft?.id ?? '',
      revision: String(seen?.revision ?? opened.draft?.revision ?? 0),
      territory,
      errors,
    });

  return {
    async show(req: Request, res: Response): Promise<void> {
      const opened = await open(req);
      if (!opened.draft) return res.redirect(303, paths.rules());
      const typed = typedOf(opened.table, opened.rule);
      if (req.query['role'] === 'associated') typed.typed = { ...typed.typed, role: 'associated' };
      await renderPage(res, 'manager/rules/rule', form(opened, typed, null));
    },

    async submit(req: Request, res: Response): Promise<void> {
      const opened = await open(req);
      const by = accountOf(req.account);
      const typed = readTyped(opened.table, req.body);
      const seen = seenIn(typed);
      if (changeTree(typed.tree, typed.typed, String(typed.typed['act'] ?? ''))) {
        return renderPage(res, 'manager/rules/rule', form(opened, typed, seen));
      }
      if (opened.rule) keepOrder(typed.tree, opened.rule.when);
      const read = readRule(typed);
      const refuse = (errors: FieldErrors) =>
        renderPage(res, 'manager/rules/rule', form(opened, typed, seen, errors), { status: 422 });
      if ('errors' in read) return refuse(read.errors);
      const now = typed.typed['begin'] ? seenOf((await startDraft(by)).draft) : seen;
      const { id } = opened;
      const act =
        id === null
          ? ({ act: 'add', form: read.form } as const)
          : { act: 'change' as const, rule: id, form: read.form };
      const outcome = await editDraft(by, now, act);
      if (outcome.kind === 'refused') return refuse(faultsByField(outcome.faults, typed));
      if (outcome.kind === 'saved') return res.redirect(303, `${paths.rulesDraft()}?fait=regle#regle-${outcome.rule}`);
      const current = id === null || !outcome.draft ? undefined : findRule(outcome.draft.ruleset, opened.table, id);
      const isGone = id !== null && outcome.draft !== null && current === undefined;
      await showLate(
        {
          changed: outcome,
          action: isGone ? paths.rulesAdd(opened.table) : opened.action,
          typed: { ...typed.typed, table: opened.table },
          rows: comparedRows(read.form, current, territory),
          back: paths.rulesDraft(),
        },
        res,
      );
    },
  };
};

const findRule = (ruleset: Ruleset, table: RuleTable, id: string): AnyRule | undefined =>
  ruleset[table].find((rule) => rule.id === id);

const seenOf = ({ id, revision }: RulesetDraft): DraftSeen => ({ draft: id, revision });
const seenIn = ({ typed }: RuleTyped): DraftSeen => ({
  draft: String(typed['draft'] ?? ''),
  revision: Number(typed['revision'] ?? 0) || 0,
});
