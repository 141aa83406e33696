import { departmentName } from '../../../domain/questionnaire/departments.js';
import { FACT_IDS, FACTS, type FactRow } from '../../../domain/routing/factTable.js';
import type { Territory } from '../../../domain/territory/territory.js';
import { capital } from '../../../domain/territory/typography.js';
import { type ConditionRow, PLACE, type RowOperator, type RowSubject } from './conditionTree.js';

/**
 * What a row of a condition may say, by the kind of what it looks at: each comparison with its words, and what it asks
 * for. "not-" before an operator is its contrary.
 */
interface Comparison {
  code: string;
  label: string;
}
type SubjectKind = FactRow['kind'] | typeof PLACE;

const ANSWERED: Comparison[] = [
  { code: 'isKnown', label: 'a une réponse' },
  { code: 'not-isKnown', label: 'n’a pas de réponse' },
];

const COMPARISONS: Record<Exclude<SubjectKind, 'choice' | 'yes-no'>, Comparison[]> = {
  list: [
    { code: 'contains', label: 'comprennent au moins un de ceux-ci' },
    { code: 'not-contains', label: 'ne comprennent aucun de ceux-ci' },
    { code: 'isKnown', label: 'ont une réponse' },
    { code: 'not-isKnown', label: 'n’ont pas de réponse' },
  ],
  number: [
    { code: 'atLeast', label: 'est d’au moins' },
    { code: 'atMost', label: 'est d’au plus' },
    { code: 'between', label: 'est entre (bornes comprises)' },
    { code: 'equals', label: 'est exactement' },
    { code: 'not-atLeast', label: 'est de moins de' },
    { code: 'not-atMost', label: 'est de plus de' },
    { code: 'not-between', label: 'n’est pas entre' },
    { code: 'not-equals', label: 'n’est pas exactement' },
    ...ANSWERED,
  ],
  text: ANSWERED,
  [PLACE]: [
    { code: 'inTerritory', label: 'est dans un de ces lieux' },
    { code: 'not-inTerritory', label: 'n’est dans aucun de ces lieux' },
  ],
};

const fact = (subject: RowSubject): FactRow | null => (subject === PLACE ? null : FACTS[subject]);
const kindOf = (subject: RowSubject): SubjectKind => fact(subject)?.kind ?? PLACE;

/** A rule that was written with "equals" keeps it, so that opening and saving changes nothing. */
export const comparisonsOf = ({ subject, op }: Pick<ConditionRow, 'subject' | 'op'>): Comparison[] => {
  const row = fact(subject);
  if (row?.kind === 'yes-no')
    return [{ code: 'equals-true', label: row.yes }, { code: 'equals-false', label: row.no }, ...ANSWERED];
  const kind = kindOf(subject);
  if (kind === 'yes-no') return ANSWERED;
  if (kind !== 'choice') return COMPARISONS[kind];
  const is = op === 'equals' ? 'equals' : 'in';
  return [{ code: is, label: 'est (un de ceux-ci)' }, { code: `not-${is}`, label: 'n’est pas' }, ...ANSWERED];
};

/** The code of a row's comparison among those of `comparisonsOf`. */
export const codeOf = ({ subject, op, negated, values }: ConditionRow): string => {
  if (kindOf(subject) === 'yes-no' && op === 'equals') return `equals-${values[0] ?? 'true'}`;
  return negated ? `not-${op}` : op;
};

/** A row's comparison from its code; the first of its kind when the code is none of its own. */
export const comparisonOf = (
  subject: RowSubject,
  code: string,
): Pick<ConditionRow, 'op' | 'negated'> & { value: string | null } => {
  const op: RowOperator = code.endsWith('equals') ? 'equals' : 'in';
  const known = comparisonsOf({ subject, op });
  const kept = known.some((one) => one.code === code) ? code : (known[0]?.code ?? 'isKnown');
  if (kept.startsWith('equals-')) return { op: 'equals', negated: false, value: kept.slice('equals-'.length) };
  const negated = kept.startsWith('not-');
  return { op: (negated ? kept.slice('not-'.length) : kept) as RowOperator, negated, value: null };
};

/** What a row asks for beside its comparison. */
export const takes = ({ subject, op }: Pick<ConditionRow, 'subject' | 'op'>): 'values' | 'numbers' | 'nothing' => {
  const kind = kindOf(subject);
  if (kind === 'number') return 'numbers';
  if (kind === PLACE) return 'values';
  return (kind === 'choice' || kind === 'list') && op !== 'isKnown' ? 'values' : 'nothing';
};

/** Does this subject ever ask for values of a list? Its boxes show whatever the comparison, which may change. */
export const hasValues = (subject: RowSubject): boolean => ['choice', 'list', PLACE].includes(kindOf(subject));
export const hasNumbers = (subject: RowSubject): boolean => kindOf(subject) === 'number';

export const subjectInWords = (subject: RowSubject): string => capital(fact(subject)?.label ?? 'la commune');
export const unitOf = (subject: RowSubject): string => {
  const row = fact(subject);
  return row?.kind === 'number' ? row.unit : '';
};

export interface ValueGroup {
  title: string | null;
  values: { value: string; label: string }[];
}

/** The values that a row may name, in groups; départements that a rule already names are always among them. */
export const valuesOf = (subject: RowSubject, territory: Territory, chosen: string[] = []): ValueGroup[] => {
  const row = fact(subject);
  if (row) {
    const values = 'values' in row ? Object.entries(row.values) : [];
    return [{ title: null, values: values.map(([value, label]) => ({ value, label: capital(label) })) }];
  }
  const { nearby } = territory.words;
  const epcis = [...territory.epcis].sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  const elsewhere = chosen.filter((place) => place.length <= 3 && !nearby.includes(place));
  return [
    {
      title: 'Territoires',
      values: Object.entries(territory.places).map(([value, label]) => ({ value, label: capital(label) })),
    },
    {
      title: 'Départements',
      values: [...nearby, ...elsewhere].map((value) => ({ value, label: `${departmentName(value)} (${value})` })),
    },
    { title: 'Intercommunalités', values: epcis.map(({ siren, name }) => ({ value: siren, label: name })) },
  ];
};

/** What a new row may look at: what is asked, then what is known only once the main partner is. */
export const subjectChoices = (): { title: string; subjects: { value: RowSubject; label: string }[] }[] => {
  const choice = (value: RowSubject) => ({ value, label: subjectInWords(value) });
  const isAfter = (id: (typeof FACT_IDS)[number]): boolean => 'after' in FACTS[id];
  return [
    {
      title: 'Le projet',
      subjects: [
        ...FACT_IDS.filter((id) => !isAfter(id) && id !== 'commune').map(choice),
        { value: PLACE, label: 'Le lieu du projet' },
        { value: 'commune', label: 'La commune est-elle connue' },
      ],
    },
    { title: 'La décision (pour un partenaire associé)', subjects: FACT_IDS.filter(isAfter).map(choice) },
  ];
};
