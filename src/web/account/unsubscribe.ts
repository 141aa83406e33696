import { type Request, type Response, Router } from 'express';
import { inLanguage, type Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { UnsubscribeLink } from '../../services/accounts/unsubscribe.js';
import type { Services } from '../../services.js';
import { addressOf, keepWithin } from '../middleware/limitRate.js';
import { byLink, withoutForm } from '../middleware/routeNeeds.js';
import { languageFor, tokenOf } from '../public/ownProjectPage.js';
import { renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'limits' | 'readUnsubscribe' | 'unsubscribe'>;

const HOLDER_TITLES = {
  open: { fr: 'Ne plus recevoir nos questions', en: 'Stop our questions' },
  done: { fr: 'Vous ne recevrez plus nos questions', en: 'You will get no more questions from us' },
  expired: { fr: 'Ce lien a expiré', en: 'This link has expired' },
  unknown: { fr: 'Ce lien n’ouvre rien', en: 'This link does not open anything' },
} as const satisfies Record<UnsubscribeLink['state'], Record<Language, string>>;

const STAFF_TITLES: Record<Exclude<UnsubscribeLink['state'], 'unknown'>, string> = {
  open: 'Ne plus recevoir ces résumés',
  done: 'Vous ne recevrez plus ces résumés',
  expired: 'Ce lien a expiré',
};

/** A link that never was is not found; one that was is gone. */
const STATUS = { open: 200, done: 200, expired: 410, unknown: 404 } as const;

const render = async (req: Request, res: Response, link: UnsubscribeLink): Promise<void> => {
  const { state } = link;
  const status = STATUS[state];
  const action = paths.unsubscribe(tokenOf(req));
  if (link.about === 'account') {
    const page = { title: STAFF_TITLES[link.state], state, action, hasNews: link.hasNews };
    return renderPage(res, 'account/unsubscribe', page, { status });
  }
  const language = link.about === 'project' ? languageFor(req, link) : req.language;
  const page = { title: inLanguage(language)(HOLDER_TITLES[state]), state, action };
  await renderPage(res, 'public/unsubscribe', page, { status, language });
};

/**
 * The unsubscribe link of an e-mail. Opening it changes nothing: its page asks to confirm. A POST does it, whether it comes
 * from that page or from a mail program (RFC 8058: one click, no cookie, no redirect); the secret of the address is all it
 * needs, so this router stands before forms ask for their token.
 */
export const unsubscribeRouter = ({ limits, readUnsubscribe, unsubscribe }: Uses): Router => {
  const router = Router();

  router.get(paths.unsubscribe(':token'), byLink('unsubscribe'), async (req: Request, res: Response) =>
    render(req, res, await readUnsubscribe(tokenOf(req))),
  );

  router.post(
    paths.unsubscribe(':token'),
    withoutForm('one-click unsubscribe'),
    async (req: Request, res: Response) => {
      await keepWithin(limits, [['unsubscribes-from-address', addressOf(req)]]);
      await render(req, res, await unsubscribe(tokenOf(req)));
    },
  );
  return router;
};
