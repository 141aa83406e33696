import { REOPEN_REASONS, type ReopenReason } from '../domain/referrals/lifecycle.js';
import type { Referral } from '../domain/referrals/referral.js';
import { Conflict, Invalid } from '../errors.js';
import { type ActParts, actOn, type Seen } from './act.js';

const ELSEWHERE = 'Ce projet est allé chez un autre partenaire depuis. Il ne peut plus être rouvert ici.';

/** Takes up again what was closed, in the hands of who reopens it. Only the project's latest main referral. */
export const reopenReferral = (parts: ActParts) => {
  const act = actOn(parts);
  return (seen: Seen, { reason }: { reason: ReopenReason }): Promise<Referral> =>
    act('reopen', seen, async ({ id, project }) => {
      if (!Object.hasOwn(REOPEN_REASONS, reason)) throw new Invalid('Choisissez une raison de la liste.');
      if ((await parts.referrals.ofProject(project)).at(-1)?.id !== id) throw new Conflict(ELSEWHERE);
      const hands = { takenBy: seen.by.id, assignee: seen.by.id, attempts: 0 };
      return { change: { state: 'taken', ...hands, outcome: null, help: null, closedAt: null }, reason };
    });
};
