import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadDemonstrationFile, loadRules, loadTerritory } from '../../src/data/territoryFiles.js';
import { BadSettings } from '../../src/errors.js';
import { runDesk } from '../support/runDesk.js';

const SECOND = path.join(__dirname, '../support/secondTerritory');
const made = mkdtempSync(path.join(tmpdir(), 'territory-'));
afterAll(() => rmSync(made, { recursive: true }));

type Content = Record<string, unknown> & Record<number, Record<string, unknown>>;

let folders = 0;
/** A copy of the second territory in which one file is not as it should be. */
const broken = (file: string, change: (content: Content) => void): string => {
  const folder = path.join(made, String(++folders));
  cpSync(SECOND, folder, { recursive: true });
  const content: Content = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  change(content);
  writeFileSync(path.join(folder, file), JSON.stringify(content));
  return folder;
};

const problemOf = (folder: string): string => {
  try {
    loadTerritory(folder);
    loadRules(folder);
    loadDemonstrationFile(folder);
  } catch (error) {
    expect(error).toBeInstanceOf(BadSettings);
    return (error as Error).message;
  }
  return 'nothing';
};

const inside = (content: Content, name: string): Content => content[name] as Content;

test.each<[string, string, (content: Content) => void]>([
  ['territory.json', '"ofTerritory.en" is required', (all) => delete inside(all, 'ofTerritory')['en']],
  ['territory.json', '"runBy" is required', (all) => delete all['runBy']],
  [
    'territory.json',
    '"charter.lead.fr" is not allowed to be empty',
    (all) => (inside(inside(all, 'charter'), 'lead')['fr'] = ''),
  ],
  ['territory.json', '"nothing" is not allowed', (all) => (all['nothing'] = 1)],
  [
    'territory.json',
    'examples.desk cannot be "fab-lab-du-val"',
    (all) => (inside(all, 'examples')['desk'] = 'fab-lab-du-val'),
  ],
  ['territory.json', 'examples.commune cannot be "63113"', (all) => (inside(all, 'examples')['commune'] = '63113')],
  ['territory.json', 'map.tiles.200099992 cannot be', (all) => (inside(all, 'map')['rows'] = 1)],
  ['epci.json', '"[0].siren"', (all) => (all[0]!['siren'] = '12')],
  ['epci.json', '[1].territoireIndustrie cannot be "ailleurs"', (all) => (all[1]!['territoireIndustrie'] = 'ailleurs')],
  ['partners.json', '"[2].serves" is required', (all) => delete all[2]!['serves']],
  [
    'partners.json',
    'partner cci-du-val: unknown word in stages: "retraite"',
    (all) => (all[0]!['stages'] = ['retraite']),
  ],
  ['partners.json', '[1].serves cannot be "999999999"', (all) => (all[1]!['serves'] = ['999999999'])],
  ['communes.json', '"rows" is required', (all) => delete all['rows']],
  ['rules.json', 'no condition above is named "dans le Val"', (all) => delete inside(all, 'named')['dans le Val']],
  ['rules.json', 'industrie-aval, weight', (all) => (inside(all, 'rules')[0]!['weight'] = 'lourd')],
  ['rules.json', 'reste-cci, to.partner', (all) => (inside(all, 'rules')[1]!['to'] = { partner: 'cci-allier' })],
  [
    'rules.json',
    'industrie-aval, when.places[0]',
    (all) => {
      inside(all, 'rules')[0]!['when'] = { op: 'inTerritory', places: ['metropole'] };
    },
  ],
])('%s: %s, in one line that names the file', (file, expected, change) => {
  const folder = broken(file, change);
  const problem = problemOf(folder);
  expect(problem).toContain(path.join(folder, file));
  expect(problem).toContain(expected);
  expect(problem).not.toContain('\n');
});

test('a file that is missing, or no JSON, is named', () => {
  const folder = broken('epci.json', () => undefined);
  rmSync(path.join(folder, 'territory.json'));
  expect(problemOf(folder)).toContain(`${path.join(folder, 'territory.json')} cannot be read`);
  writeFileSync(path.join(folder, 'territory.json'), '{');
  expect(problemOf(folder)).toContain(`${path.join(folder, 'territory.json')} cannot be read`);
});

test('a demonstration that tells of what is not there is refused', () => {
  const folder = broken('epci.json', () => undefined);
  const story = {
    case: 'V1',
    weight: 1,
    needs: ['business-creation'],
    stage: 'creation',
    holders: ['company'],
    sectors: ['metal'],
    headcount: null,
    where: { like: '96001' },
    organisations: [],
    titles: ['Un café'],
    opens: ['J’ouvre un café {at}.'],
    asks: ['Qui peut m’aider ?'],
  };
  const told = {
    relays: [],
    withoutPlace: ['cci-du-val', 'ti-aval'],
    links: [{ label: 'Site du Val', kind: 'site', weight: 1 }],
    habits: {},
    mustShow: [[1, 'V1', 'waits']],
    stories: [story],
  };
  const write = (content: unknown) => writeFileSync(path.join(folder, 'demonstration.json'), JSON.stringify(content));
  write({ ...told, withoutPlace: ['cci-du-val', 'personne'] });
  expect(problemOf(folder)).toContain('"personne"');
  write({ ...told, stories: [{ ...story, where: { like: '63113' } }] });
  expect(problemOf(folder)).toContain('"63113"');
  write({ ...told, mustShow: [[1, 'V1', 'sleeps']] });
  expect(problemOf(folder)).toContain('"mustShow[0][2]"');
  write(told);
  expect(problemOf(folder)).toBe('nothing');
});

test('a command on such a folder ends with one line', async () => {
  const folder = broken('territory.json', (all) => delete all['name']);
  const cases = path.join(folder, 'cases.json');
  const { status, stdout, stderr } = await runDesk(['route', cases], { TERRITORY_DIR: folder });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toBe(`${path.join(folder, 'territory.json')}: "name" is required\n`);
});
