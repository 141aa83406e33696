import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/config.js';
import { loadTerritory } from '../../src/data/territoryFiles.js';

/** What the code may not say of the first territory: it stands in its folder, and nowhere else. */
const territory = loadTerritory();

const SHORT = [
  'clermont',
  'vichy',
  'auvergne',
  'tiltam',
  'issoire',
  'riom',
  'brioude',
  'thiers',
  'ambert',
  'lezoux',
  'puy-de-dôme',
  'allier',
  'haute-loire',
  'cantal',
  '63000',
];

/** Ids that are also words of the country ("inpi") count only where they stand alone between quotation marks. */
const NAMES = [
  ...SHORT,
  ...territory.epcis.map(({ name }) => name),
  ...territory.epcis.map(({ siren }) => siren),
  ...territory.partners.map(({ id }) => id).filter((id) => id.includes('-')),
];
const QUOTED = territory.partners.map(({ id }) => id).filter((id) => !id.includes('-'));

const escaped = (names: string[]): string => names.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
const PLACES = new RegExp(`(?<![\\p{L}\\d])(?:${escaped(NAMES)})(?![\\p{L}\\d])`, 'giu');
const IDS = new RegExp(`['"\`](?:${escaped(QUOTED)})['"\`]`, 'g');

/** The list of France's départements, which names them all; comes from INSEE, and is no territory's. */
const ALLOWED = ['src/domain/questionnaire/departments.ts'];
const OURS = path.join('src', 'data', 'territory');

const filesIn = (folder: string): string[] =>
  readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|js|ejs)$/.test(entry.name))
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(`${OURS}${path.sep}`) && !ALLOWED.includes(file));

const namesIn = (text: string): string[] => [...(text.match(PLACES) ?? []), ...(text.match(IDS) ?? [])];

test.each(['src', 'jobs', 'views', 'public/js'])('%s names no place or partner of the first territory', (folder) => {
  const files = filesIn(folder);
  expect(files.length).toBeGreaterThan(0);
  const found = files.map((file) => [file, namesIn(readFileSync(path.join(projectRoot, file), 'utf8'))] as const);
  expect(found.filter(([, names]) => names.length > 0)).toEqual([]);
});

test('the check sees a name, an id and a code', () => {
  expect(namesIn("const to = 'cci-allier'; // à Clermont-Ferrand, 246300701, 'inpi'")).toEqual([
    'cci-allier',
    'Clermont',
    '246300701',
    "'inpi'",
  ]);
  expect(namesIn('rallier, INPI, l’Indre-et-Loire')).toEqual([]);
});
