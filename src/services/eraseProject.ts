import { type ErasedBecause, erasedFields, type IdentityCheck, stateOnceErased } from '../domain/referrals/erasure.js';
import type { Project, ProjectEvent } from '../domain/referrals/referral.js';
import { holderEvent, type OpenParts, type OwnProject, openOwnProject, tooLate } from './openOwnProject.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

export type EraseParts = Pick<Parts, 'clock' | 'newId' | 'projects' | 'referrals'> & {
  settleProject: Settle['settleProject'];
};

/** Who has it erased, and why. `identity`: how a member of staff made sure who asks. */
interface Erasure {
  actor: ProjectEvent['actor'];
  because: ErasedBecause;
  identity?: IdentityCheck;
}

/** How often to look again when somebody acts on the project at the same time. */
const TRIES = 5;

/**
 * Erases at once all that is personal of the project that `open` gives; codes that figures count stay. The one write also keeps
 * the address for a last e-mail to who asked, until that e-mail is owed: a crash in between neither loses it nor brings anything
 * back. Done twice, it is done once. Gives the project as it was; null when there was nothing left to erase.
 */
export const eraseOpened =
  ({ clock, newId, projects, settleProject }: EraseParts) =>
  async (open: () => Promise<OwnProject | null>, { actor, because, identity }: Erasure): Promise<Project | null> => {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const own = await open();
      if (!own) return null;
      const { id, state, contact } = own.project;
      const at = clock();
      const lastState = stateOnceErased(state, because);
      const said = { id: newId(), type: 'erased', at, before: state, after: lastState } as const;
      const event = { ...holderEvent(own, { ...said, reason: identity ?? null }), actor };
      const change = erasedFields(own.project, at, because);
      const lastAddress = because === 'asked' ? contact.email : null;
      const done = { event, change, lastState, ...(lastAddress && { lastAddress }) };
      if (!(await projects.writeForHolder(id, { states: [state] }, done))) continue;
      await settleProject(id);
      return own.project;
    }
    throw tooLate();
  };

/** Erases the project of a follow-up link, which its holder asks for. Throws what `openOwnProject` throws. */
export const eraseProject =
  (parts: EraseParts & OpenParts & Pick<Parts, 'note'>) =>
  async (token: string): Promise<void> => {
    const actor = { role: 'holder', account: null } as const;
    const erased = await eraseOpened(parts)(() => openOwnProject(parts)(token), { actor, because: 'asked' });
    if (erased) await parts.note({ act: 'project-erased', actor: 'holder', about: { kind: 'project', id: erased.id } });
  };
