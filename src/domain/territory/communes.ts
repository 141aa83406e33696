import type { Commune } from './territory.js';

/** One commune as build-communes.mjs writes it: code, name, département, postal codes separated by spaces, SIREN of its EPCI or 0, population, former names, former codes. */
export type CommuneRow = [
  code: string,
  name: string,
  department: string,
  postalCodes: string,
  epci: string | 0,
  population: number,
  formerNames?: string[],
  formerCodes?: string[],
];

/** communes.json. `elsewhere`: the communes outside the perimeter that are not among the rows, by département, a line each. */
export interface CommunesFile {
  rows: CommuneRow[];
  elsewhere?: Record<string, string>;
}

export interface Communes {
  /** Those of the rows: the perimeter, and what else is written so. */
  written: readonly Commune[];
  all(): readonly Commune[];
  byCode(code: string): Commune | undefined;
  isDepartment(id: string): boolean;
}

/** A commune with the codes of those merged into it. */
interface Read {
  commune: Commune;
  formerCodes: string[];
}

/**
 * Reads the communes of the file. The rows at once, which is all that most look-ups need; those elsewhere a département at a
 * time, or all when it takes all, which is 50 ms that no start has to wait for.
 */
export function readCommunes({ rows, elsewhere = {} }: CommunesFile): Communes {
  const first = rows.map(readRow);
  const written = first.map(({ commune }) => commune);
  const current = new Map(written.map((commune) => [commune.code, commune]));
  const opened = new Map<string, Read[]>();
  /** Those elsewhere in a département. */
  const open = (department: string): Read[] => {
    const lines = Object.hasOwn(elsewhere, department) ? elsewhere[department] : undefined;
    if (lines === undefined) return [];
    const known = opened.get(department);
    if (known) return known;
    const found = lines.split('\n').map((line) => readLine(department, line));
    opened.set(department, found);
    for (const { commune } of found) current.set(commune.code, commune);
    return found;
  };
  const everywhere = (): Read[] => [...first, ...Object.keys(elsewhere).flatMap(open)];
  let all: Commune[] | null = null;
  let former: Map<string, Commune> | null = null;
  const byFormerCode = (code: string): Commune | undefined => {
    former ??= new Map(everywhere().flatMap(({ commune, formerCodes }) => formerCodes.map((one) => [one, commune])));
    return former.get(code);
  };
  return {
    written,
    all() {
      all ??= everywhere().map(({ commune }) => commune);
      return all;
    },
    // Current codes win over former ones: a few codes were given again after a commune was split.
    byCode(code) {
      if (!current.has(code)) open(departmentIn(code));
      return current.get(code) ?? byFormerCode(code);
    },
    isDepartment: (id) => Object.hasOwn(elsewhere, id) || written.some(({ department }) => department === id),
  };
}

/** The code of a commune begins with that of its département: three signs overseas, "974", two elsewhere, "2A". */
const departmentIn = (code: string): string => code.slice(0, code.startsWith('97') ? 3 : 2);

/** Columns between bars, what is in a list between slashes: "01015|Arboys en Bugey|01300|710|Arbignieu/Saint-Bois|01340". */
function readLine(department: string, line: string): Read {
  const [code = '', name = '', postalCodes = '', population, names, codes] = line.split('|');
  return readRow([code, name, department, postalCodes, 0, Number(population), listOf(names), listOf(codes)]);
}

const listOf = (text = ''): string[] => (text === '' ? [] : text.split('/'));

function readRow(row: CommuneRow): Read {
  const [code, name, department, postalCodes, epci, population, formerNames = [], formerCodes = []] = row;
  const commune = {
    code,
    name: name.replaceAll("'", '’'),
    department,
    postalCodes: postalCodes === '' ? [] : postalCodes.split(' '),
    epci: epci === 0 ? null : epci,
    formerNames,
    population,
  };
  return { commune, formerCodes };
}
