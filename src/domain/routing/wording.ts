import { departmentName } from '../questionnaire/departments.js';
import type { Commune, Partner, Territory } from '../territory/territory.js';
import type { FactValue } from './facts.js';
import { FACTS, type FactId, type FactRow } from './factTable.js';
import type { Condition, Place } from './rule.js';

/** A no-break space: French puts one inside its quotation marks and before : ; ? and !. */
const NBSP = '\u00a0';

/** A French text with its no-break spaces, whatever the spaces it was written with. */
export const typeset = (text: string): string => text.replace(/ ([:;?!»])/g, `${NBSP}$1`).replaceAll('« ', `«${NBSP}`);

export const quoted = (text: string): string => `«${NBSP}${text}${NBSP}»`;

/** The article of a partner's name, by its first word; those absent take none. */
const ARTICLES: Record<string, string> = {
  Agence: 'l’',
  CCI: 'la ',
  Chambre: 'la ',
  EPF: 'l’',
  INPI: 'l’',
  Incubateur: 'l’',
  PETR: 'le ',
  Pôle: 'le ',
  Réseau: 'le ',
  SMTC: 'le ',
  Territoire: 'le ',
  Université: 'l’',
};

/** A partner within a sentence: "la CCI du Cher", "l’Université de Dijon", without what is in brackets. */
export function partnerName(partner: Partner): string {
  let words = names.get(partner);
  if (words === undefined) {
    const short = partner.name.replace(/ \(.*\)$/, '');
    words = `${partner.article ?? ARTICLES[short.split(' ')[0] ?? ''] ?? ''}${short}`;
    names.set(partner, words);
  }
  return words;
}

const names = new WeakMap<Partner, string>();

/** "à Dijon", "au Creusot", "aux Andelys". */
export function atCommune(commune: Commune): string {
  if (commune.name.startsWith('Le ')) return `au ${commune.name.slice(3)}`;
  if (commune.name.startsWith('Les ')) return `aux ${commune.name.slice(4)}`;
  return `à ${commune.name}`;
}

/** "le département Cher": a place that a condition may name, in French. */
export function placeName(place: Place, territory: Territory): string {
  const name = territory.places[place] ?? territory.epci(place)?.name;
  return name ?? `le département ${departmentName(place)}`;
}

/** The value of a fact, in French; "non précisé" when unknown. */
export function factInWords(id: FactId, value: FactValue | null): string {
  const row: FactRow = FACTS[id];
  if (value === null) return 'non précisé';
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (Array.isArray(value)) return value.length === 0 ? 'aucun' : value.map((one) => wordOf(row, one)).join(', ');
  return row.kind === 'number' ? `${value}${NBSP}${row.unit}` : wordOf(row, value);
}

const wordOf = (row: FactRow, value: string | number): string =>
  ('values' in row ? row.values[String(value)] : undefined) ?? String(value);

/** A condition as a French statement; `negated` gives its contrary; beyond `shown` values, "n autres". */
export function describeCondition(condition: Condition, territory: Territory, negated = false, shown = SHOWN): string {
  switch (condition.op) {
    case 'all':
    case 'any': {
      const link = linkOf(condition, negated);
      const parts = condition.of.map((one) => {
        const text = describeCondition(one, territory, negated, shown);
        return [null, link].includes(linkOf(one, negated)) ? text : `(${text})`;
      });
      return parts.join(`, ${link ?? 'et'} `);
    }
    case 'not':
      return describeCondition(condition.of, territory, !negated, shown);
    case 'presumed': {
      const text = describeCondition(condition.of, territory, negated, shown);
      return `${linkOf(condition.of, negated) === null ? text : `(${text})`} (ou ce n’est pas précisé)`;
    }
    case 'inTerritory': {
      const places = condition.places.map((place) => placeName(place, territory)).join(' ou ');
      return `la commune ${negated ? 'n’est pas' : 'est'} dans ${places}`;
    }
    default:
      return describeLeaf(condition, negated, shown);
  }
}

/** The word that links the parts of a condition once it is said; null when it has only one. */
function linkOf(condition: Condition, negated: boolean): 'et' | 'ou' | null {
  if (condition.op === 'not') return linkOf(condition.of, !negated);
  if ((condition.op !== 'all' && condition.op !== 'any') || condition.of.length < 2) return null;
  return (condition.op === 'all') === negated ? 'ou' : 'et';
}

type Leaf = Exclude<Condition, { op: 'all' | 'any' | 'not' | 'presumed' | 'inTerritory' }>;

function describeLeaf(leaf: Leaf, negated: boolean, shown: number): string {
  const row: FactRow = FACTS[leaf.fact];
  const is = negated ? 'n’est pas' : 'est';
  const among = (values: string[]): string =>
    oneOf(
      values.map((value) => quoted(wordOf(row, value))),
      shown,
    );
  switch (leaf.op) {
    case 'equals':
      if (row.kind === 'yes-no') return (leaf.value === true) === negated ? row.no : row.yes;
      return `${row.label} ${is} ${among([String(leaf.value)])}`;
    case 'in':
      return `${row.label} ${is} ${among(leaf.values)}`;
    case 'contains':
      return `${row.label} ${negated ? 'ne comprennent pas' : 'comprennent'} ${among(leaf.values)}`;
    case 'atLeast':
      return `${row.label} ${is} d’au moins ${factInWords(leaf.fact, leaf.value)}`;
    case 'atMost':
      return `${row.label} ${is} d’au plus ${factInWords(leaf.fact, leaf.value)}`;
    case 'between':
      return `${row.label} ${is} entre ${leaf.from} et ${factInWords(leaf.fact, leaf.to)}`;
    case 'isKnown':
      return `nous ${negated ? 'ne connaissons pas' : 'connaissons'} ${row.label}`;
  }
}

/** "a ou b"; beyond `shown`, "a, b ou 4 autres". */
function oneOf(words: string[], shown: number): string {
  if (words.length <= SHOWN) return words.join(' ou ');
  if (words.length <= shown) return `${words.slice(0, -1).join(', ')} ou ${words.at(-1)}`;
  return `${words.slice(0, shown - 1).join(', ')} ou ${words.length - shown + 1} autres`;
}

/** How many values a trace names: it is kept with every project, the ruleset has the whole list. */
const SHOWN = 3;
