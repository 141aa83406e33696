import { settleAgain } from '../again.js';
import type { Invariant } from '../invariant.js';

/** Its receipt may have left so long ago that the record of it is gone: carried out again, it would leave twice. */
export const firstReferral: Invariant = {
  label: 'Un projet orienté est chez un partenaire',
  severity: 'loss',
  repair: settleAgain,
  inFile: ({ project, mains, events }, { emailsKeptFrom }) => {
    const partner = project.override?.partner ?? project.decision.main;
    if (!partner || mains.length > 0) return [];
    const submitted = events.find(({ type, at }) => type === 'submitted' && at >= emailsKeptFrom);
    const what = `projet sans mise en relation, attendu chez ${partner}`;
    return [{ id: project.id, what, ...(submitted && { of: submitted.id }) }];
  },
};
