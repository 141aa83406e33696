import { type Account, may } from '../domain/referrals/access.js';
import { TRIAGE_CLOSE_REASONS, type TriageCloseReason } from '../domain/referrals/lifecycle.js';
import { CAN_SEND, closedInTriageRank } from '../domain/referrals/projectState.js';
import type { ProjectEvent } from '../domain/referrals/referral.js';
import { Conflict, Forbidden, Invalid, NotFound } from '../errors.js';
import type { Parts } from './parts.js';
import type { Settle } from './settle.js';

type Needs = Pick<Parts, 'clock' | 'newId' | 'projects' | 'referrals'> & { settleProject: Settle['settleProject'] };

const TOO_LATE = 'Ce projet n’attend plus d’être orienté. Rechargez sa page pour voir où il en est.';

/**
 * A manager ends a project that no partner can have; the words go to its holder. One guarded write on the project; it may
 * still be sent to a partner afterwards. Done twice by the same person, it is done once. Throws Conflict when it stands
 * elsewhere meanwhile.
 */
export const closeInTriage =
  ({ clock, newId, projects, referrals, settleProject }: Needs) =>
  async (by: Account, id: string, said: { reason: TriageCloseReason; words: string }): Promise<void> => {
    if (!may(by, 'sendToPartner')) throw new Forbidden();
    if (!Object.hasOwn(TRIAGE_CLOSE_REASONS, said.reason)) throw new Invalid('Choisissez une raison de la liste.');
    const words = said.words.trim();
    if (!words) throw new Invalid('Écrivez à la personne.');
    const project = await projects.byId(id);
    if (!project) throw new NotFound();
    if (project.state === 'closed' && project.closing?.by === by.id) return settleProject(id);
    const latest = (await referrals.ofProject(id)).at(-1) ?? null;
    const closing = { id: newId(), at: clock(), reason: said.reason, words, by: by.id };
    const rank = closedInTriageRank(latest);
    const event: ProjectEvent = {
      id: newId(),
      project: id,
      referral: null,
      partner: null,
      type: 'closed-in-triage',
      at: closing.at,
      actor: { role: 'manager', account: by.id },
      before: project.state,
      after: 'closed',
      reason: said.reason,
      note: closing.id,
      rank,
    };
    const written = await projects.closeInTriage({ id, from: CAN_SEND, rank }, { event, closing });
    if (!written) throw new Conflict(TOO_LATE);
    await settleProject(id);
    // Sent to a partner at the same instant: that counts.
    if ((await referrals.ofProject(id)).length > (latest?.sequence ?? 0)) throw new Conflict(TOO_LATE);
  };
