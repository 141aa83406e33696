import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/config.js';
import { firstPlacesIn } from '../support/firstPlaces.js';

/** The list of France's départements (INSEE) names them all, and is no territory's. */
const ALLOWED = ['src/domain/questionnaire/departments.ts'];
const OURS = path.join('src', 'data', 'territory');

const filesIn = (folder: string): string[] =>
  readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|js|ejs)$/.test(entry.name))
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(`${OURS}${path.sep}`) && !ALLOWED.includes(file));

test.each(['src', 'jobs', 'views', 'public/js'])('%s names no place or partner of the first territory', (folder) => {
  const files = filesIn(folder);
  expect(files.length).toBeGreaterThan(0);
  const found = files.map((file) => [file, firstPlacesIn(readFileSync(path.join(projectRoot, file), 'utf8'))] as const);
  expect(found.filter(([, names]) => names.length > 0)).toEqual([]);
});

test('the check sees a name, an id and a code', () => {
  expect(firstPlacesIn("const to = 'cci-allier'; // à Clermont-Ferrand, 246300701, 'inpi'")).toEqual([
    'cci-allier',
    'Clermont',
    '246300701',
    "'inpi'",
  ]);
  expect(firstPlacesIn('rallier, INPI, l’Indre-et-Loire')).toEqual([]);
});
