import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { PasswordKey } from '../../services/accounts/accountLinks.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { showClosedLink } from './closedLink.js';
import type { EnterDesk } from './enterDesk.js';

const SHORTEST = 12;
/** So many different signs at least: "aaaaaaaaaaaa" is long and no password. */
const DIFFERENT = 5;

const various: Joi.CustomValidator<string> = (password, helpers) =>
  new Set(password).size < DIFFERENT ? helpers.error('password.alike') : password;

const FORM = Joi.object<{ password: string }>({
  password: Joi.string()
    .min(SHORTEST)
    .max(200)
    .custom(various)
    .required()
    .messages({
      '*': `Choisissez un mot de passe d’au moins ${SHORTEST}\u00a0caractères.`,
      'string.max': 'Choisissez un mot de passe de 200\u00a0caractères au plus.',
      'password.alike':
        'Choisissez un mot de passe plus varié\u00a0: quelques mots qui ne vont pas ensemble, par exemple.',
    }),
});
const PASSWORD: FieldWording = {
  kind: 'text',
  type: 'text',
  name: 'password',
  label: 'Nouveau mot de passe',
  hint: `Au moins ${SHORTEST}\u00a0caractères. Quelques mots qui ne vont pas ensemble conviennent, avec les espaces.`,
  autocomplete: 'new-password',
};

const WORDS: Record<PasswordKey, { help: string; actionOf: (token: string) => string }> = {
  reset: {
    help: 'Vous serez connecté ici, et déconnecté de tout autre appareil. L’ancien mot de passe ne servira plus.',
    actionOf: paths.newPassword,
  },
  invitation: {
    help: 'Votre compte est ouvert. Vous vous connecterez avec votre adresse e-mail et ce mot de passe.',
    actionOf: paths.invitation,
  },
};

/** The page behind a link to choose a password, after an invitation or because it was lost: sets it once, and signs in. */
export const newPasswordScreen = (
  { readAccountLink, choosePassword }: Pick<Services, 'readAccountLink' | 'choosePassword'>,
  enter: EnterDesk,
  key: PasswordKey,
) => {
  const tokenOf = (req: Request): string => String(req.params['token']);
  const { help, actionOf } = WORDS[key];

  const render = async (req: Request, res: Response, errors: FieldErrors = {}): Promise<void> => {
    const link = await readAccountLink(key, tokenOf(req));
    if (link.state !== 'open') return showClosedLink(res, key, link.state);
    const page = {
      title: `Bonjour ${link.name}, choisissez un mot de passe`,
      help,
      action: actionOf(tokenOf(req)),
      // Never shown again, unlike what is typed elsewhere.
      field: { ...fieldModel(PASSWORD, {}, errors), type: 'password' },
      errors: errorSummary(errors, ['password']),
      scripts: ['showPassword'],
    };
    await renderPage(res, 'account/newPassword', page, { status: page.errors.length > 0 ? 422 : 200 });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => render(req, res),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(FORM, req.body);
      if (form.errors) return render(req, res, form.errors);
      const person = await choosePassword(key, tokenOf(req), form.values.password);
      return person ? enter(req, res, person, { how: 'link' }) : render(req, res);
    },
  };
};
