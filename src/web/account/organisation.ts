import type { Request, Response } from 'express';
import { NotFound } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { addressOf, keepWithin } from '../middleware/limitRate.js';
import { keepSession } from '../middleware/staffSession.js';
import { renderPage } from '../renderPage.js';
import type { EnterDesk } from './enterDesk.js';

type Uses = Pick<Services, 'clock' | 'limits' | 'signInByProvider' | 'singleSignOn'>;
type Provider = NonNullable<Services['singleSignOn']>;

/** Minutes that somebody may spend at the provider. */
const COMES_BACK_WITHIN = 15;

type NotIn = 'away' | 'cancelled' | 'refused' | 'unknown' | 'unverified' | 'another';

const WORDS: Record<NotIn, { status: number; title: (name: string) => string; lead: (name: string) => string }> = {
  away: {
    status: 503,
    title: (name) => `${name} ne répond pas`,
    lead: () => 'Réessayez dans quelques minutes, ou connectez-vous avec un mot de passe.',
  },
  cancelled: {
    status: 403,
    title: (name) => `La connexion par ${name} n’a pas été menée au bout`,
    lead: () => 'Rien n’a changé ici. Vous pouvez recommencer.',
  },
  refused: {
    status: 403,
    title: () => 'Cette connexion n’a pas abouti',
    lead: (name) =>
      `La réponse de ${name} ne va pas avec cette fenêtre, elle est arrivée trop tard, ou elle a déjà servi. Recommencez.`,
  },
  unknown: {
    status: 403,
    title: () => 'Aucun compte ouvert n’a votre adresse e-mail',
    lead: (name) =>
      `${name} sait qui vous êtes, mais personne ne vous a ouvert de compte ici. Demandez une invitation à la personne qui gère les comptes.`,
  },
  unverified: {
    status: 403,
    title: (name) => `${name} ne garantit pas votre adresse e-mail`,
    lead: () => 'Sans cela, nous ne savons pas quel compte est le vôtre. Connectez-vous avec un mot de passe.',
  },
  another: {
    status: 403,
    title: () => 'Ce compte est déjà celui d’une autre personne',
    lead: (name) =>
      `Un compte a votre adresse e-mail, mais une autre personne l’ouvre par ${name}. Demandez à la personne qui gère les comptes.`,
  },
};

const showNotIn = (res: Response, { name }: Provider, why: NotIn): Promise<void> => {
  const { status, title, lead } = WORDS[why];
  const another = { href: paths.signInElsewhere(), label: `Recommencer avec ${name}` };
  return renderPage(res, 'account/closedLink', { title: title(name), lead: lead(name), another }, { status });
};

/**
 * Signing in by the organisation's own provider. One leaves by a link and not by a form: `form-action` of our policy would hold for
 * every site that the provider itself hands people on to, which nobody can list. A link of another site cannot sign anybody in
 * under another name: the answer must go with what this browser's session kept when it left from here (state, nonce and
 * verifier, good once), and whoever comes by such a link sees our sign-in page first.
 */
export const organisationScreen = (services: Uses, enter: EnterDesk) => {
  const { clock, limits, singleSignOn, signInByProvider } = services;
  const providerOrNotFound = (): Provider => {
    if (!singleSignOn) throw new NotFound();
    return singleSignOn;
  };

  return {
    async leave(req: Request, res: Response): Promise<void> {
      const provider = providerOrNotFound();
      const suite = String(req.query['suite'] ?? '').slice(0, 2000);
      if (req.get('Sec-Fetch-Site') === 'cross-site')
        return res.redirect(303, `${paths.signIn()}?suite=${encodeURIComponent(suite)}`);
      await keepWithin(limits, [['provider-sign-ins-from-address', addressOf(req)]]);
      const departure = await provider.begin();
      if (!departure) return showNotIn(res, provider, 'away');
      req.session.atProvider = { ...departure.attempt, suite, at: clock() };
      res.redirect(303, departure.address);
    },

    async comeBack(req: Request, res: Response): Promise<void> {
      const provider = providerOrNotFound();
      const { atProvider } = req.session;
      if (!atProvider) return showNotIn(res, provider, 'refused');
      // Forgotten before it is used: the same answer again finds nothing that it goes with.
      delete req.session.atProvider;
      await keepSession(req);
      if (clock().getTime() - new Date(atProvider.at).getTime() > COMES_BACK_WITHIN * 60_000)
        return showNotIn(res, provider, 'refused');
      const answer = await provider.finish(req.originalUrl, atProvider);
      if (answer.state !== 'proven') return showNotIn(res, provider, answer.state);
      const { strong, idToken } = answer.identity;
      const found = await signInByProvider(answer.identity);
      if (found.state !== 'open') return showNotIn(res, provider, found.state);
      await enter(req, res, found.account, { how: 'organisation', suite: atProvider.suite, strong, idToken });
    },
  };
};
