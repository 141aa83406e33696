import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildTerritory, type TerritoryFiles } from '../domain/territory/buildTerritory.js';
import type { Territory } from '../domain/territory/territory.js';
import { BadSettings } from '../errors.js';

/**
 * The folder of the territory's files, found from any folder of the project: sources and compiled code share the files,
 * which `tsc` does not copy. Throws BadSettings when no folder above holds package.json.
 */
export function territoryFolder(from: string = __dirname): string {
  if (existsSync(join(from, 'package.json'))) return join(from, 'src', 'data', 'territory');
  if (dirname(from) === from) throw new BadSettings('the root of the project (package.json) was not found');
  return territoryFolder(dirname(from));
}

/** By folder. */
const loaded = new Map<string, Territory>();

/**
 * Reads epci.json, partners.json and communes.json (written by build-communes.mjs) and builds the directory: about
 * 150 ms, once a process. Throws BadSettings naming the file that is missing or broken.
 */
export function loadTerritory(folder: string = territoryFolder()): Territory {
  const territory =
    loaded.get(folder) ??
    buildTerritory({
      communes: read(folder, 'communes.json') as TerritoryFiles['communes'],
      epcis: read(folder, 'epci.json') as TerritoryFiles['epcis'],
      partners: read(folder, 'partners.json') as TerritoryFiles['partners'],
    });
  loaded.set(folder, territory);
  return territory;
}

/** The example projects with what is expected of each, as cases.json has them. */
export const loadExamples = (folder: string = territoryFolder()): unknown[] => read(folder, 'cases.json') as unknown[];

function read(folder: string, name: string): unknown {
  const file = join(folder, name);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const remedy = name === 'communes.json' ? '; run "node src/build-communes.mjs"' : '';
    throw new BadSettings(`${file} cannot be read: ${(error as Error).message}${remedy}`);
  }
}
