import type { Request, Response } from 'express';
import type { SessionData } from 'express-session';
import type { Account } from '../../domain/referrals/access.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';

/** How long the second factor may follow the first: ten minutes. */
const LASTS = 10 * 60_000;

export interface UnderWay {
  account: Account;
  pending: SessionData['pending'];
}

/** Forgets a sign-in that was begun and never finished. */
const giveUp = (req: Request): Promise<void> =>
  new Promise((resolve, reject) => req.session.destroy((error: unknown) => (error ? reject(error) : resolve())));

/**
 * The sign-in that this browser has under way; null when there is none that still lasts, or its account was closed, and then the
 * answer leads back to its beginning.
 */
export const signInUnderWay =
  ({ clock, accountById }: Pick<Services, 'clock' | 'accountById'>) =>
  async (req: Request, res: Response): Promise<UnderWay | null> => {
    const { pending } = req.session;
    const isOver = !pending || clock().getTime() - new Date(pending.at).getTime() > LASTS;
    const account = isOver ? null : await accountById(pending.account);
    if (pending && account) return { account, pending };
    await giveUp(req);
    res.redirect(303, `${paths.signIn()}?fait=trop-tard`);
    return null;
  };
