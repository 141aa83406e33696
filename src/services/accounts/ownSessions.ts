import type { OwnSession } from '../../data/sessions.js';
import type { Account } from '../../domain/referrals/access.js';
import type { Parts } from '../parts.js';

/** Where somebody is signed in, latest used first. */
export const readOwnSessions =
  ({ clock, sessions }: Pick<Parts, 'clock' | 'sessions'>) =>
  (by: Account): Promise<OwnSession[]> =>
    sessions.ofAccount(by.id, clock());

/** Ends one of the own sessions. Over already, or somebody else's: nothing happens, and false. */
export const endOwnSession =
  ({ clock, note, sessions }: Pick<Parts, 'clock' | 'note' | 'sessions'>) =>
  async (by: Account, listId: string): Promise<boolean> => {
    const ended = await sessions.endOne(by.id, listId, clock());
    if (ended) await note({ act: 'sessions-ended', actor: { account: by.id }, detail: { count: 1 } });
    return ended;
  };

/** Ends every session but this one, sign-ins under way too. Gives how many. */
export const endOtherSessions =
  ({ clock, note, sessions }: Pick<Parts, 'clock' | 'note' | 'sessions'>) =>
  async (by: Account, listId: string): Promise<number> => {
    const count = await sessions.endOthers(by.id, listId, clock());
    if (count > 0) await note({ act: 'sessions-ended', actor: { account: by.id }, detail: { count } });
    return count;
  };
