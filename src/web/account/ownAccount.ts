import { type Request, type Response, Router } from 'express';
import { type Account, may, ROLES } from '../../domain/referrals/access.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { neverCached } from '../middleware/neverCached.js';
import { accountOf, requires } from '../middleware/staffSession.js';
import { partnerInWords } from '../projectWords.js';
import { renderPage } from '../renderPage.js';
import { ownSessionsScreen } from './ownSessions.js';

type Uses = Pick<
  Services,
  'clock' | 'endOtherSessions' | 'endOwnSession' | 'readOwnSessions' | 'readSecondFactor' | 'territory'
>;

const protection = ({ setAt, compulsory }: { setAt: Date | null; compulsory: boolean }): string => {
  if (setAt) return 'En place\u00a0: un code de votre téléphone est demandé à chaque connexion.';
  return compulsory
    ? 'Pas en place. Votre rôle la demande.'
    : 'Pas en place. Avec elle, un mot de passe volé ne suffit plus à entrer.';
};

const connections = (count: number): string =>
  count > 1 ? `${count}\u00a0connexions ouvertes, dont celle-ci.` : 'Une seule connexion ouverte, celle-ci.';

/** Everything that somebody settles for the own account, each with how it stands. */
const ownAccountScreen = ({ readOwnSessions, readSecondFactor, territory }: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const by: Account = accountOf(req.account);
    const [sessions, factor] = await Promise.all([readOwnSessions(by), readSecondFactor(by)]);
    const links = [
      { href: paths.changePassword(), label: 'Mot de passe', text: 'Le changer ferme vos autres connexions.' },
      { href: paths.secondFactor(), label: 'Double authentification', text: protection(factor) },
      { href: paths.ownSessions(), label: 'Connexions', text: connections(sessions.length) },
      ...(may(by, 'chooseOwnEmails')
        ? [{ href: paths.ownEmails(), label: 'Mes e-mails', text: 'Ce que vous recevez, et quand.' }]
        : []),
      {
        href: paths.staffData(),
        label: 'Mes données',
        text: 'Ce que le service garde sur vous, à lire ou à télécharger.',
      },
    ];
    await renderPage(res, 'account/ownAccount', {
      title: 'Mon compte',
      rows: [
        { question: 'Nom', answer: by.name },
        { question: 'Adresse e-mail', answer: by.email },
        { question: 'Rôle', answer: ROLES[by.role] },
        ...(by.partner ? [{ question: 'Partenaire', answer: partnerInWords(by.partner, territory) }] : []),
      ],
      links,
    });
  },
});

/** The pages of the own account that everybody of the staff has. */
export const ownAccountRouter = (services: Uses): Router => {
  const router = Router();
  const own = [requires('keepOwnAccount'), neverCached];
  const sessions = ownSessionsScreen(services);
  router.get(paths.ownAccount(), own, ownAccountScreen(services).show);
  router.get(paths.ownSessions(), own, sessions.show);
  router.post(paths.endOtherSessions(), own, sessions.endOthers);
  router.post(paths.endSession(':id'), own, sessions.endOne);
  return router;
};
