import type { Request, Response } from 'express';
import { SESSION_LIMITS } from '../../domain/accounts/sessionLimits.js';
import { waitInWords } from '../../domain/calendar/words.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { whenInWords } from '../manager/rules/versionWords.js';
import { accountOf, type SignInWay } from '../middleware/staffSession.js';
import { renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'clock' | 'endOtherSessions' | 'endOwnSession' | 'readOwnSessions'>;

const WAYS: Record<SignInWay, string> = {
  password: 'Mot de passe',
  link: 'Lien reçu par e-mail',
  organisation: 'Compte de votre organisme',
};

/** How a session began, for lists of them. */
export const wayInWords = (how: string): string => WAYS[how as SignInWay] ?? '';

const NOTICES = new Map([
  ['une', 'Cette connexion est fermée.'],
  ['deja', 'Cette connexion était déjà fermée.'],
  ['autres', 'Vos autres connexions sont fermées.'],
]);

const RECENT = 10 * 60_000;

/** Where somebody is signed in, and how to sign out there. */
export const ownSessionsScreen = ({ clock, endOtherSessions, endOwnSession, readOwnSessions }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const sessions = await readOwnSessions(accountOf(req.account));
    const now = clock();
    const isThis = (listId: string): boolean => listId === req.session.listId;
    const done = NOTICES.get(String(req.query['fermee'])) ?? null;
    await renderPage(res, 'account/ownSessions', {
      title: 'Connexions',
      limits: SESSION_LIMITS,
      notice: done && { tone: 'done', title: done },
      hasOthers: sessions.some(({ listId }) => !isThis(listId)),
      rows: sessions
        .toSorted((a, b) => Number(isThis(b.listId)) - Number(isThis(a.listId)))
        .map(({ listId, device, how, startedAt, seenAt }) => ({
          device,
          how: wayInWords(how),
          since: whenInWords(startedAt),
          seen: now.getTime() - seenAt.getTime() < RECENT ? 'à l’instant' : waitInWords(seenAt, now),
          end: isThis(listId) ? null : paths.endSession(listId),
        })),
    });
  },

  async endOne(req: Request, res: Response): Promise<void> {
    const ended = await endOwnSession(accountOf(req.account), String(req.params['id']));
    res.redirect(303, `${paths.ownSessions()}?fermee=${ended ? 'une' : 'deja'}`);
  },

  async endOthers(req: Request, res: Response): Promise<void> {
    await endOtherSessions(accountOf(req.account), req.session.listId ?? '');
    res.redirect(303, `${paths.ownSessions()}?fermee=autres`);
  },
});
