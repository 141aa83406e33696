import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRules, type WrittenRules } from '../domain/routing/readRules.js';
import type { Ruleset } from '../domain/routing/rule.js';
import { validateRuleset } from '../domain/routing/validateRuleset.js';
import { buildTerritory, type TerritoryFiles } from '../domain/territory/buildTerritory.js';
import { mismatches } from '../domain/territory/mismatches.js';
import type { Territory } from '../domain/territory/territory.js';
import { BadSettings } from '../errors.js';
import type { Demonstration } from './demonstration.js';
import { SCHEMAS, type TerritoryFile } from './territorySchemas.js';

/**
 * The folder of the territory's files, found from any folder of the project: sources and compiled code share the files,
 * which `tsc` does not copy. Throws BadSettings when no folder above holds package.json.
 */
export function territoryFolder(from: string = __dirname): string {
  if (existsSync(join(from, 'package.json'))) return join(from, 'src', 'data', 'territory');
  if (dirname(from) === from) throw new BadSettings('the root of the project (package.json) was not found');
  return territoryFolder(dirname(from));
}

/** Something read once a folder and a process. */
const oncePerFolder = <T>(load: (folder: string) => T): ((folder?: string) => T) => {
  const loaded = new Map<string, { value: T }>();
  return (folder = territoryFolder()) => {
    const known = loaded.get(folder) ?? { value: load(folder) };
    loaded.set(folder, known);
    return known.value;
  };
};

/**
 * Reads territory.json, epci.json, partners.json and communes.json (written by build-communes.mjs) and builds the
 * directory, once a process. Throws BadSettings naming the file and the field that are missing or broken.
 */
export const loadTerritory = oncePerFolder((folder): Territory => {
  const territory = inFile(join(folder, 'partners.json'), () =>
    buildTerritory({
      communes: read(folder, 'communes.json') as TerritoryFiles['communes'],
      epcis: read(folder, 'epci.json') as TerritoryFiles['epcis'],
      partners: read(folder, 'partners.json') as TerritoryFiles['partners'],
      words: read(folder, 'territory.json') as TerritoryFiles['words'],
    }),
  );
  const [wrong] = mismatches(territory);
  if (wrong) throw new BadSettings(`${join(folder, wrong.file)}: ${wrong.field} cannot be "${wrong.value}"`);
  return territory;
});

/** The rules that the territory begins with, rules.json. Throws BadSettings naming the row and the field that are wrong. */
export const loadRules = oncePerFolder((folder): Ruleset => {
  const file = join(folder, 'rules.json');
  const rules = inFile(file, () => readRules(read(folder, 'rules.json') as WrittenRules));
  const [fault] = validateRuleset(rules, loadTerritory(folder));
  if (fault) throw new BadSettings(`${file}: ${[fault.rule, fault.path].filter(Boolean).join(', ')}: ${fault.message}`);
  return rules as Ruleset;
});

/** The example projects with what is expected of each, as cases.json has them. */
export const loadExamples = (folder?: string): unknown[] =>
  read(folder ?? territoryFolder(), 'cases.json') as unknown[];

/** What the demonstration tells of this territory; null when the folder has no demonstration.json: none is offered. */
export const loadDemonstrationFile = oncePerFolder((folder): Demonstration | null => {
  if (!existsSync(join(folder, 'demonstration.json'))) return null;
  const told = read(folder, 'demonstration.json') as Demonstration;
  const { partner, commune } = loadTerritory(folder);
  const wrong =
    [...told.relays, ...told.withoutPlace, ...Object.keys(told.habits)].find((id) => !partner(id)) ??
    told.stories
      .flatMap(({ where }) => ('like' in where ? [where.like] : where.among))
      .find((code) => !commune(code)) ??
    told.mustShow.map(([, example]) => example).find((id) => told.stories.every((story) => story.case !== id));
  if (wrong) throw new BadSettings(`${join(folder, 'demonstration.json')}: "${wrong}" is nothing of this territory`);
  return told;
});

/** What the domain refuses without knowing of files, with the name of the file. */
function inFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BadSettings) || error.message.includes(dirname(file))) throw error;
    throw new BadSettings(`${file}: ${error.message}`);
  }
}

function read(folder: string, name: TerritoryFile): unknown {
  const file = join(folder, name);
  const content = parse(file, name === 'communes.json' ? '; run "node src/build-communes.mjs"' : '');
  const { error } = SCHEMAS[name].validate(content, { convert: false });
  if (error) throw new BadSettings(`${file}: ${error.message}`);
  return content;
}

function parse(file: string, remedy: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new BadSettings(`${file} cannot be read: ${(error as Error).message}${remedy}`);
  }
}
