import type { Condition, Ruleset } from '../../../domain/routing/rule.js';
import { type RuleInWords, rulesetInWords } from '../../../domain/routing/rulesetInWords.js';
import { describeCondition } from '../../../domain/routing/wording.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { capital, frenchTypography } from '../../../domain/territory/typography.js';
import { paths } from '../../../paths.js';
import { type ConditionGroup, type ConditionNode, conditionOf, GROUP_MODES, treeOf } from './conditionTree.js';

/** A condition in words, its nested groups kept as lists within lists: ready for views/manager/rules/when.ejs. */
export interface WhenModel {
  /** Null for the outermost "all of these", which goes without saying. */
  heading: string | null;
  items: (string | WhenModel)[];
}

const PRESUMED = ' (ou ce n’est pas précisé)';

const itemOf = (node: ConditionNode, territory: Territory): string | WhenModel => {
  if (node.kind === 'group') return groupOf(node, territory);
  const condition = conditionOf({ kind: 'group', mode: 'all', presumed: false, of: [node] });
  return capital(describeCondition(condition, territory, false, Number.POSITIVE_INFINITY));
};

const groupOf = (group: ConditionGroup, territory: Territory): WhenModel => ({
  heading: `${capital(GROUP_MODES[group.mode])}${group.presumed ? PRESUMED : ''}\u00a0:`,
  items: group.of.map((node) => itemOf(node, territory)),
});

export const whenModel = (condition: Condition, territory: Territory): WhenModel => {
  const root = treeOf(condition);
  const drawn = groupOf(root, territory);
  return root.mode === 'all' ? { ...drawn, heading: null } : drawn;
};

const SECTIONS = [
  {
    id: 'tout-de-suite',
    title: 'Ce qui décide tout de suite',
    help: 'Avant de chercher un partenaire. La première règle qui convient décide.',
    table: 'gates',
    role: null,
  },
  {
    id: 'principal',
    title: 'À qui va le projet',
    help: 'Chaque règle qui convient donne des points à un guichet. Le guichet qui en a le plus reçoit le projet.',
    table: 'rules',
    role: 'main',
  },
  {
    id: 'associes',
    title: 'Qui peut aider à côté',
    help: 'Chaque règle qui convient donne des points à un partenaire. Les premiers sont nommés à côté de la réponse principale.',
    table: 'rules',
    role: 'associated',
  },
  {
    id: 'doutes',
    title: 'Ce qui fait douter',
    help: 'Chaque règle qui convient retire de la confiance. S’il en reste trop peu, une personne choisit.',
    table: 'doubts',
    role: null,
  },
] as const;

const SETTINGS: Record<keyof Ruleset['settings'], string> = {
  triageBelow: 'Confiance sous laquelle une personne choisit',
  presumedPenalty: 'Ce que chaque réponse supposée retire à la confiance',
  tieMargin: 'Écart de points sous lequel deux guichets sont à égalité',
  stagePenalty: 'Points que perd un associé fait pour un autre avancement',
  maxAssociated: 'Partenaires associés, au plus',
};
const IN_PERCENT: (keyof Ruleset['settings'])[] = ['triageBelow', 'presumedPenalty'];

export const settingRows = (settings: Ruleset['settings']) =>
  (Object.keys(SETTINGS) as (keyof Ruleset['settings'])[]).map((name) => ({
    name,
    question: SETTINGS[name],
    isPercent: IN_PERCENT.includes(name),
    answer: IN_PERCENT.includes(name)
      ? `${Math.round(settings[name] * 100)}\u00a0%`
      : String(settings[name]).replace('.', ','),
  }));

/** How a row of the draft differs from the version in force, by the id of the rule. */
export type ChangeTags = Map<string, { label: string; tone: string }>;

const rowModel = (row: RuleInWords, when: Condition, territory: Territory, tags: ChangeTags) => ({
  id: row.id,
  label: frenchTypography(row.label),
  sentence: row.sentence,
  when: whenModel(when, territory),
  to: row.to && capital(row.to),
  weight: row.weight,
  tag: tags.get(row.id) ?? null,
  edit: paths.rulesEdit(row.id),
  remove: paths.rulesRemove(row.id),
});

/** The whole ruleset in sections, ready for views/manager/rules/table.ejs. */
export const rulesetModel = (ruleset: Ruleset, territory: Territory, tags: ChangeTags = new Map()) => {
  const conditions = new Map(
    [...ruleset.gates, ...ruleset.rules, ...ruleset.doubts].map(({ id, when }) => [id, when] as const),
  );
  const roles = new Map(ruleset.rules.map(({ id, role }) => [id, role]));
  const rows = rulesetInWords(ruleset, territory);
  return {
    sections: SECTIONS.map(({ id, title, help, table, role }) => {
      const own = rows.filter((row) => row.table === table && (role === null || roles.get(row.id) === role));
      return {
        id,
        title,
        help,
        hasTarget: table !== 'doubts',
        hasWeight: table !== 'gates',
        add: paths.rulesAdd(role === 'associated' ? `${table}?role=associated` : table),
        rows: own.map((row, index) => ({
          ...rowModel(row, conditions.get(row.id)!, territory, tags),
          isFirst: index === 0,
          isLast: index === own.length - 1,
        })),
      };
    }),
    settings: settingRows(ruleset.settings),
  };
};
