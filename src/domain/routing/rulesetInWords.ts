import type { Territory } from '../territory/territory.js';
import { NEED_WORDS } from './factTable.js';
import type { Condition, Doubt, Gate, NeedChoice, Rule, Ruleset, Target } from './rule.js';
import { describeCondition, partnerName, quoted, typeset } from './wording.js';

const TABLES = ['gates', 'rules', 'doubts'] as const;
export type RuleTable = (typeof TABLES)[number];

/** The list that holds the row of this id; undefined when none does. */
export const tableOf = (ruleset: Ruleset, id: string): RuleTable | undefined =>
  TABLES.find((table) => ruleset[table].some((row) => row.id === id));

/** One row of a ruleset as a person reads it; all of it French. */
export interface RuleInWords {
  table: RuleTable;
  id: string;
  label: string;
  /** "le besoin principal est « gestion de l’eau », et la commune est dans …". */
  when: string;
  /** "la CCI qui dessert la commune"; what is decided at once, for a row that settles the outcome; null for a doubt. */
  to: string | null;
  /** "réponse principale". */
  role: string;
  /** "10 points", "retire 20 % de confiance"; null when the row has none. */
  weight: string | null;
  sentence: string;
}

const FAMILIES: Record<string, [serving: string, all: string]> = {
  cci: ['la CCI qui dessert la commune', 'toutes les CCI'],
  metropole: ['la Métropole', 'la Métropole'],
  university: ['l’université', 'l’université, où que soit le projet'],
  'territoire-industrie': ['le Territoire d’industrie de la commune', 'les trois Territoires d’industrie'],
};
const OUTCOMES: Record<Gate['outcome'], string> = {
  triage: 'une personne décide',
  out_of_territory: 'le projet est hors du territoire',
  rejected: 'la demande est écartée',
};

/** The whole ruleset as French rows, in the order in which it is tried. Takes a ruleset that validateRuleset accepts. */
export function rulesetInWords(ruleset: Ruleset, territory: Territory): RuleInWords[] {
  return [
    ...ruleset.gates.map((row) => gateInWords(row, territory)),
    ...ruleset.rules.map((row) => ruleInWords(row, territory)),
    ...ruleset.doubts.map((row) => doubtInWords(row, territory)),
  ];
}

/** Every value, however many: the page of the rules hides nothing, unlike a trace. */
const conditionInWords = (when: Condition, territory: Territory): string =>
  describeCondition(when, territory, false, Number.POSITIVE_INFINITY);

export function gateInWords({ id, label, when, outcome, sentence }: Gate, territory: Territory): RuleInWords {
  return {
    table: 'gates',
    id,
    label,
    when: conditionInWords(when, territory),
    to: OUTCOMES[outcome],
    role: 'décision immédiate',
    weight: null,
    sentence: typeset(sentence),
  };
}

export function ruleInWords({ id, label, when, to, role, weight, sentence }: Rule, territory: Territory): RuleInWords {
  return {
    table: 'rules',
    id,
    label,
    when: conditionInWords(when, territory),
    to: targetInWords(to, territory),
    role: role === 'main' ? 'réponse principale' : 'partenaire associé',
    weight: `${String(weight).replace('.', ',')} point${weight >= 2 ? 's' : ''}`,
    sentence: typeset(sentence),
  };
}

export function doubtInWords({ id, label, when, penalty, sentence }: Doubt, territory: Territory): RuleInWords {
  return {
    table: 'doubts',
    id,
    label,
    when: conditionInWords(when, territory),
    to: null,
    role: 'doute',
    weight: `retire ${Math.round(penalty * 100)}\u00a0% de confiance`,
    sentence: typeset(sentence),
  };
}

/** Whom a target designates: "la CCI qui dessert la commune". */
export function targetInWords(target: Target, territory: Territory): string {
  if ('partner' in target) {
    const partner = territory.partner(target.partner);
    const name = partner ? partnerName(partner) : target.partner;
    return target.anywhere ? `${name}, où que soit le projet` : `${name}, dans les communes desservies`;
  }
  if ('family' in target) {
    const [serving, all] = FAMILIES[target.family] ?? [target.family, target.family];
    return target.anywhere ? all : serving;
  }
  if ('relaysFor' in target) return `les relais spécialisés de la commune pour ${choiceInWords(target.relaysFor)}`;
  const families = target.families?.map((family) =>
    (FAMILIES[family]?.[0] ?? family).replace(' qui dessert la commune', ''),
  );
  const among = families ? ` (${families.join(' ou ')})` : '';
  return target.declared === 'direct'
    ? `les guichets de la commune${among} dont les missions couvrent ${choiceInWords(target.desksFor)}`
    : `les guichets de la commune${among} qui traitent ${choiceInWords(target.desksFor)} à défaut d’un autre`;
}

function choiceInWords(choice: NeedChoice): string {
  if (choice === 'mainNeed') return 'le besoin principal';
  return choice === 'otherNeeds' ? 'un autre besoin' : `le besoin ${quoted(NEED_WORDS[choice])}`;
}
