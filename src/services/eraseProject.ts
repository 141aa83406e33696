import { erasedFields, stateOnceErased } from '../domain/referrals/erasure.js';
import { holderEvent, type OpenParts, openOwnProject, tooLate } from './openOwnProject.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

type Needs = OpenParts & Pick<Parts, 'newId'> & { settleProject: Settle['settleProject'] };

/** How often to look again when somebody acts on the project at the same time. */
const TRIES = 5;

/**
 * Erases at once all that is personal of a project; codes that figures count stay. The one write also keeps the address for a
 * last e-mail, until that e-mail is owed: a crash in between neither loses it nor brings anything back. Done twice, it is
 * done once.
 */
export const eraseProject = (parts: Needs) => {
  const { clock, newId, projects, settleProject } = parts;

  return async (token: string): Promise<void> => {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const own = await openOwnProject(parts)(token);
      if (!own) return;
      const { id, state, contact } = own.project;
      const at = clock();
      const lastState = stateOnceErased(state);
      const event = holderEvent(own, { id: newId(), type: 'erased', at, before: state, after: lastState });
      const change = erasedFields(own.project, at);
      const done = { event, change, lastState, ...(contact.email && { lastAddress: contact.email }) };
      const erased = await projects.writeForHolder(id, { states: [state] }, done);
      if (!erased) continue;
      return settleProject(id);
    }
    throw tooLate();
  };
};
