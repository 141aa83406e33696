import type { Account } from '../../domain/referrals/access.js';
import { NotFound } from '../../errors.js';
import type { Parts } from '../parts.js';
import type { ActiveRuleset } from './activeRuleset.js';
import { currentDraft } from './currentDraft.js';
import { checkRules } from './readRules.js';

type Needs = Pick<Parts, 'clock' | 'enqueueReplays' | 'newId' | 'replays' | 'rulesetDrafts' | 'rulesets'> & {
  activeRuleset: ActiveRuleset;
};

/**
 * Asks for the draft, as it is now, to be replayed on the projects submitted from `from` on and before `to`, beside the
 * rules that decide now. The worker does it; when Redis is away, the sweep will tell the worker. Gives the replay's id.
 * Throws NotFound when there is no draft.
 */
export const startReplay =
  (parts: Needs) =>
  async (by: Account, { from, to }: { from: Date; to: Date }): Promise<string> => {
    checkRules(by, 'editRules');
    const draft = await currentDraft(parts)();
    if (!draft) throw new NotFound('Il n’y a pas de brouillon des règles.');
    const { number: before } = await parts.activeRuleset();
    const id = parts.newId();
    const asked = { id, before, after: draft.ruleset, draft: { id: draft.id, revision: draft.revision }, from, to };
    await parts.replays.insert({ ...asked, ...NEW_REPLAY, by: by.id, createdAt: parts.clock() });
    await parts.enqueueReplays([id]);
    return id;
  };

const NEW_REPLAY = {
  state: 'waiting',
  total: 0,
  done: 0,
  report: null,
  moved: 0,
  attempt: 0,
  lockedUntil: null,
  failedBecause: null,
  startedAt: null,
  finishedAt: null,
} as const;

/** Stops a replay that waits or is under way; what it has found so far stays. False when it was over already. */
export const stopReplay =
  ({ clock, replays }: Pick<Parts, 'clock' | 'replays'>) =>
  async (by: Account, id: string): Promise<boolean> => {
    checkRules(by, 'editRules');
    return replays.stop(id, clock());
  };
