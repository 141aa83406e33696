import { loadRules } from '../../src/data/territoryFiles.js';

/** The rules of src/data/territory, with which the first territory begins. */
export const DEFAULT_RULESET = loadRules();
