import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary, fieldModel } from '../fieldModel.js';
import { callerOf } from '../middleware/limitRate.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { type EnterDesk, landingOf } from './enterDesk.js';
import { currentPassword } from './secretFields.js';

const FORM = Joi.object<{ email: string; password: string; suite: string }>({
  email: Joi.string().trim().max(254).required().messages({ '*': 'Écrivez votre adresse e-mail.' }),
  password: Joi.string().max(200).required().messages({ '*': 'Écrivez votre mot de passe.' }),
  suite: Joi.string().allow('').max(2000).default(''),
});

/** Said whether the address, the password or both are wrong: who tries addresses learns nothing. */
const WRONG: FieldErrors = { email: 'Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux.' };

const NOTICES = new Map([
  ['deconnexion', { tone: 'done', title: 'Votre session est fermée.' }],
  ['trop-tard', { tone: 'soon', title: 'Le temps pour donner le code est passé. Connectez-vous à nouveau.' }],
]);

type Provider = Services['singleSignOn'];
type Notice = { tone: string; title: string };

/** The door of the organisation's own provider, where there is one. */
const elsewhere = (provider: Provider, suite: string) =>
  provider && {
    href: `${paths.signInElsewhere()}?suite=${encodeURIComponent(suite)}`,
    label: `Se connecter avec ${provider.name}`,
  };

const pageModel = (provider: Provider, typed: Typed, errors: FieldErrors, notice: Notice | null = null): PageModel => ({
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
  password: currentPassword('password', 'Mot de passe', errors),
});

/** Signing in: an address and a password. Afterwards, the page that was asked for, or the first one of the role. */
export const signInScreen = (
  { signIn, singleSignOn }: Pick<Services, 'signIn' | 'singleSignOn'>,
  enter: EnterDesk,
) => ({
  async show(req: Request, res: Response): Promise<void> {
    const suite = String(req.query['suite'] ?? '');
    if (req.account) return res.redirect(303, landingOf(accountOf(req.account), suite));
    const notice = NOTICES.get(String(req.query['fait'])) ?? null;
    await renderPage(res, 'account/signIn', pageModel(singleSignOn, { suite }, {}, notice));
  },

  async submit(req: Request, res: Response): Promise<void> {
    const form = parseForm(FORM, req.body);
    if (form.errors)
      return renderPage(res, 'account/signIn', pageModel(singleSignOn, form.typed, form.errors), { status: 422 });
    const { email, password, suite } = form.values;
    const shown = await signIn({ email, password }, callerOf(req));
    if (!shown)
      return renderPage(res, 'account/signIn', pageModel(singleSignOn, { email, suite }, WRONG), { status: 422 });
    await enter(req, res, shown.account, { how: 'password', stamp: shown.stamp, suite });
  },
});
