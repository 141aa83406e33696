/**
 * Builds communes.json of a territory's folder (the argument, else TERRITORY_DIR, else data/territory): every current commune
 * of France, from @etalab/decoupage-administratif (INSEE, DGCL and La Poste, under the Licence Ouverte). The result is not
 * in git: it is derived, and 12 MB of sources become 2. Does nothing when the result is newer than all it is made from, nor
 * when it says that it is given ("given": true), as that of a made-up territory is. The package's JSON files are read one by
 * one because its entry point only works from its own folder. One row a commune, columns in the order of COLUMNS; the EPCI is
 * there only when it is in the perimeter (epci.json). Former names and codes come from delegated and associated communes.
 * Every start reads the rows of the perimeter; the communes elsewhere are texts, a line each, taken apart when one is first
 * asked for: see domain/territory/communes.ts.
 */
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const COLUMNS = ['code', 'name', 'department', 'postalCodes', 'epci', 'population', 'formerNames', 'formerCodes'];

const here = dirname(fileURLToPath(import.meta.url));
const source = dirname(createRequire(import.meta.url).resolve('@etalab/decoupage-administratif/package.json'));
const folder = resolve(process.argv[2] || process.env.TERRITORY_DIR || join(here, 'data/territory'));
const inputs = {
  communes: join(source, 'data/communes.json'),
  epcis: join(source, 'data/epci.json'),
  perimeter: join(folder, 'epci.json'),
};
const output = join(folder, 'communes.json');

const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** INSEE code -> SIREN, for the communes of the perimeter. */
function membership() {
  const wanted = new Set(read(inputs.perimeter).map((epci) => epci.siren));
  const found = read(inputs.epcis).filter((epci) => wanted.has(epci.code));
  if (found.length !== wanted.size) throw new Error(`${found.length} EPCI found of ${wanted.size} in the perimeter`);
  return new Map(found.flatMap((epci) => epci.membres.map((member) => [member.code, epci.code])));
}

/** INSEE code of a current commune -> the communes merged into it, and the arrondissements of Paris, Lyon, Marseille. */
function merged(entries) {
  const former = new Map();
  for (const entry of entries) {
    const current = entry.chefLieu ?? entry.commune;
    if (entry.type === 'commune-actuelle' || !current) continue;
    former.set(current, [...(former.get(current) ?? []), entry]);
  }
  return former;
}

function rowsOf(entries) {
  const epcis = membership();
  const former = merged(entries);
  return entries
    .filter((entry) => entry.type === 'commune-actuelle')
    .map((entry) => {
      const parts = former.get(entry.code) ?? [];
      const names = [...new Set(parts.map((part) => part.nom))].filter((name) => name !== entry.nom);
      const codes = new Set([...parts.map((part) => part.code), ...(entry.anciensCodes ?? [])]);
      codes.delete(entry.code);
      return [
        entry.code,
        entry.nom,
        entry.departement,
        (entry.codesPostaux ?? []).join(' '),
        epcis.get(entry.code) ?? 0,
        entry.population ?? 0,
        ...(names.length + codes.size > 0 ? [names, [...codes]] : []),
      ];
    });
}

const isWithin = ([, , , , epci]) => epci !== 0;

/** Columns between bars, but the département and the EPCI; lists between slashes. None of these signs stands in a name. */
const asLine = ([code, name, department, postalCodes, , population, ...lists]) => {
  if (!code.startsWith(department)) throw new Error(`${code}: not of ${department}`);
  if (/[|/\n]/.test([code, name, postalCodes, ...lists.flat()]))
    throw new Error(`${code}: a sign that lines do not hold`);
  return [code, name, postalCodes, population, ...lists.map((list) => list.join('/'))].join('|');
};

const linesByDepartment = (rows) => {
  const lines = {};
  for (const row of rows) lines[row[2]] = [...(lines[row[2]] ?? []), asLine(row)];
  return Object.fromEntries(Object.entries(lines).map(([department, own]) => [department, own.join('\n')]));
};

/** Written by hand, for communes that INSEE does not know. */
const isGiven = () => existsSync(output) && /^\{\s*"given":\s*true/.test(readFileSync(output, 'utf8'));

if (
  isGiven() ||
  timeOf(output) > Math.max(timeOf(fileURLToPath(import.meta.url)), ...Object.values(inputs).map(timeOf))
) {
  console.error('communes: up to date');
} else {
  const all = rowsOf(read(inputs.communes));
  const rows = all.filter(isWithin);
  const elsewhere = linesByDepartment(all.filter((row) => !isWithin(row)));
  // Through a temporary name, so that a process reading at the same time never sees half a file.
  writeFileSync(
    `${output}.${process.pid}`,
    `{"columns":${JSON.stringify(COLUMNS)},"rows":[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n],"elsewhere":\n${JSON.stringify(elsewhere)}}\n`,
  );
  renameSync(`${output}.${process.pid}`, output);
  console.error(`communes: ${all.length} communes written`);
}
