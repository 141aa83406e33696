import type { Request, Response } from 'express';
import Joi from 'joi';
import { TooMany } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { addressOf, type LimitName } from '../middleware/limitRate.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { type EnterDesk, landingOf } from './enterDesk.js';

const FORM = Joi.object<{ email: string; password: string; suite: string }>({
  email: Joi.string().trim().max(254).required().messages({ '*': 'Écrivez votre adresse e-mail.' }),
  password: Joi.string().max(200).required().messages({ '*': 'Écrivez votre mot de passe.' }),
  suite: Joi.string().allow('').max(2000).default(''),
});

/** Said whether the address, the password or both are wrong: who tries addresses learns nothing. */
const WRONG: FieldErrors = { email: 'Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux.' };

const PASSWORD: FieldWording = {
  kind: 'text',
  type: 'text',
  name: 'password',
  label: 'Mot de passe',
  autocomplete: 'current-password',
};

type Provider = Services['singleSignOn'];

/** The door of the organisation's own provider, where there is one. */
const elsewhere = (provider: Provider, suite: string) =>
  provider && {
    href: `${paths.signInElsewhere()}?suite=${encodeURIComponent(suite)}`,
    label: `Se connecter avec ${provider.name}`,
  };

const pageModel = (provider: Provider, typed: Typed, errors: FieldErrors, notice: string | null = null): PageModel => ({
  title: 'Espace des partenaires',
  action: paths.signIn(),
  suite: String(typed['suite'] ?? ''),
  elsewhere: elsewhere(provider, String(typed['suite'] ?? '')),
  notice,
  errors: errorSummary(errors, ['email', 'password']),
  email: fieldModel(
    { kind: 'text', type: 'email', name: 'email', label: 'Adresse e-mail', autocomplete: 'username' },
    typed,
    errors,
  ),
  password: { ...fieldModel(PASSWORD, {}, errors), type: 'password' },
});

const MINUTE = 60;

/**
 * Counts an attempt before the password is looked at, from this address and for this account, and throws TooMany beyond
 * the limits. Gives what takes it back: only failed attempts count.
 */
const countAttempt = async (limits: Services['limits'], req: Request, email: string): Promise<() => Promise<void>> => {
  const uses: [LimitName, string][] = [
    ['sign-ins-from-address', addressOf(req)],
    ['sign-ins-of-account', email],
  ];
  for (const [name, key] of uses) {
    const { allowed, retryInSeconds } = await limits.take(name, key);
    const minutes = Math.max(1, Math.ceil(retryInSeconds / MINUTE));
    const wait = `Attendez ${minutes}\u00a0minute${minutes > 1 ? 's' : ''}, puis essayez à nouveau.`;
    if (!allowed) throw new TooMany(retryInSeconds, 'Trop d’essais à la suite', wait);
  }
  return async () => {
    await Promise.all(uses.map(([name, key]) => limits.giveBack(name, key)));
  };
};

/** Signing in: an address and a password. Afterwards, the page that was asked for, or the first one of the role. */
export const signInScreen = (
  { signIn, limits, singleSignOn }: Pick<Services, 'signIn' | 'limits' | 'singleSignOn'>,
  enter: EnterDesk,
) => ({
  async show(req: Request, res: Response): Promise<void> {
    const suite = String(req.query['suite'] ?? '');
    if (req.account) return res.redirect(303, landingOf(accountOf(req.account), suite));
    const notice = req.query['fait'] === 'deconnexion' ? 'Votre session est fermée.' : null;
    await renderPage(res, 'account/signIn', pageModel(singleSignOn, { suite }, {}, notice));
  },

  async submit(req: Request, res: Response): Promise<void> {
    const form = parseForm(FORM, req.body);
    if (form.errors)
      return renderPage(res, 'account/signIn', pageModel(singleSignOn, form.typed, form.errors), { status: 422 });
    const { email, password, suite } = form.values;
    const takeBack = await countAttempt(limits, req, email);
    const account = await signIn({ email, password });
    if (!account)
      return renderPage(res, 'account/signIn', pageModel(singleSignOn, { email, suite }, WRONG), { status: 422 });
    await takeBack();
    await enter(req, res, account, { how: 'password', suite });
  },
});
