import type { Invariant } from '../invariant.js';

export const knownRules: Invariant = {
  label: 'Une décision nomme une version des règles qui est ici',
  severity: 'wrong',
  repair: null,
  inFile: ({ project }, { rulesetVersions }) => {
    const { rulesetVersion } = project.decision;
    if (rulesetVersions.has(rulesetVersion)) return [];
    return [{ id: project.id, what: `version «\u00a0${rulesetVersion}\u00a0» inconnue` }];
  },
};
