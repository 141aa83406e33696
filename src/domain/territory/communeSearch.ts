import { plainName } from './placeNames.js';
import type { Commune } from './territory.js';

/** How well a name answers the query, best first. */
const MATCH = { exact: 0, formerExact: 1, prefix: 2, word: 3, other: 4 } as const;

interface Index {
  communes: readonly Commune[];
  /** Every name, current or former, one a line, each word preceded by a space: "\n dijon\n le creusot\n". */
  names: string;
  /** Where each line starts, and which commune it names. */
  starts: number[];
  owners: number[];
  byPostalCode: Map<string, number[]>;
}

interface Query {
  name: string;
  /** Start of a postal code, or a département: "Saint-Beauzire 43". Empty when there is none. */
  digits: string;
}

/**
 * Prepares the search over all communes and gives the search itself: `(query, limit) => Commune[]`.
 * All names are kept in one text that `indexOf` scans: some 0.5 ms for France. It is made at the first search, in 100 ms.
 * Order: whole name, whole former name, start of the name, start of a word; then the perimeter first; then the most
 * populated. Communes whose whole name is the query are all given, even beyond the limit: homonyms must be told apart.
 */
export function prepareSearch(communesOf: () => readonly Commune[]): (query: string, limit?: number) => Commune[] {
  let made: Index | null = null;
  return (text, limit = 20) => {
    made ??= buildIndex(communesOf());
    const index = made;
    const query = readQuery(text);
    const found = query.name === '' ? byPostalCode(index, query.digits) : byName(index, query);
    const ranked = [...found].map(([position, match]) => ({ commune: index.communes[position]!, match }));
    ranked.sort((a, b) => a.match - b.match || compare(a.commune, b.commune));
    const whole = ranked.filter(({ match }) => match === MATCH.exact && query.name !== '').length;
    return ranked.slice(0, Math.max(limit, whole)).map(({ commune }) => commune);
  };
}

function buildIndex(communes: readonly Commune[]): Index {
  const index: Index = { communes, names: '\n', starts: [], owners: [], byPostalCode: new Map() };
  const lines: string[] = [];
  let length = 1;
  communes.forEach((commune, position) => {
    for (const name of [commune.name, ...commune.formerNames]) {
      const line = ` ${plainName(name)}\n`;
      index.starts.push(length);
      index.owners.push(position);
      lines.push(line);
      length += line.length;
    }
    for (const code of commune.postalCodes) {
      const sharers = index.byPostalCode.get(code);
      if (sharers) sharers.push(position);
      else index.byPostalCode.set(code, [position]);
    }
  });
  index.names += lines.join('');
  return index;
}

function readQuery(text: string): Query {
  const words = plainName(text.slice(0, 100)).split(' ');
  const digits = words.find((word) => /^(\d{2,5}|2[ab])$/.test(word)) ?? '';
  const name = words.filter((word) => word !== digits).join(' ');
  return { name, digits };
}

function byPostalCode(index: Index, digits: string): Map<number, number> {
  const found = new Map<number, number>();
  if (!/^\d{3,5}$/.test(digits)) return found;
  const codes =
    digits.length === 5 ? [digits] : [...index.byPostalCode.keys()].filter((code) => code.startsWith(digits));
  for (const code of codes) {
    for (const position of index.byPostalCode.get(code) ?? []) found.set(position, MATCH.exact);
  }
  return found;
}

function byName(index: Index, query: Query): Map<number, number> {
  const found = new Map<number, number>();
  const wanted = ` ${query.name}`;
  for (let at = index.names.indexOf(wanted); at >= 0; at = index.names.indexOf(wanted, at + 1)) {
    const line = lineOf(index.starts, at);
    const position = index.owners[line]!;
    const isFormer = line > 0 && index.owners[line - 1] === position;
    const match = matchAt(index, at, line, wanted.length, isFormer);
    if (match < (found.get(position) ?? Number.POSITIVE_INFINITY)) found.set(position, match);
  }
  if (found.size === 0) addScattered(index, query.name.split(' '), found);
  if (query.digits === '') return found;
  return new Map([...found].filter(([position]) => isAround(index.communes[position]!, query.digits)));
}

function matchAt(index: Index, at: number, line: number, length: number, isFormer: boolean): number {
  if (at !== index.starts[line]) return MATCH.word;
  if (index.names[at + length] !== '\n') return MATCH.prefix;
  return isFormer ? MATCH.formerExact : MATCH.exact;
}

/** When the words do not follow each other ("just rambert"): every word must start a word of the same name. */
function addScattered(index: Index, words: string[], found: Map<number, number>): void {
  if (words.length < 2) return;
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a));
  for (let at = index.names.indexOf(` ${longest}`); at >= 0; at = index.names.indexOf(` ${longest}`, at + 1)) {
    const line = lineOf(index.starts, at);
    const name = index.names.slice(index.starts[line], index.starts[line + 1] ?? index.names.length);
    if (words.every((word) => name.includes(` ${word}`))) found.set(index.owners[line]!, MATCH.other);
  }
}

function isAround(commune: Commune, digits: string): boolean {
  return commune.department.toLowerCase() === digits || commune.postalCodes.some((code) => code.startsWith(digits));
}

/** Number of the line that holds this position: the last one that starts at or before it. */
function lineOf(starts: number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

const inPerimeter = (commune: Commune): number => (commune.epci === null ? 0 : 1);

/** Same match: the perimeter first, then the most populated; the code last, so that the order never varies. */
function compare(a: Commune, b: Commune): number {
  return inPerimeter(b) - inPerimeter(a) || b.population - a.population || (a.code < b.code ? -1 : 1);
}
