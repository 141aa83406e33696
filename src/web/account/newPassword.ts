import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { PasswordKey } from '../../services/accounts/accountLinks.js';
import type { Services } from '../../services.js';
import { errorSummary } from '../fieldModel.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { showClosedLink } from './closedLink.js';
import type { EnterDesk } from './enterDesk.js';
import { newPassword } from './secretFields.js';

/** Whether it will do is said by the service, which knows whose it is. */
const FORM = Joi.object<{ password: string }>({ password: Joi.string().allow('').max(1000).default('') });

const WORDS: Record<PasswordKey, { help: string; actionOf: (token: string) => string }> = {
  reset: {
    help: 'votre nouveau mot de passe vous connecte ici et ferme vos autres connexions. L’ancien ne servira plus.',
    actionOf: paths.newPassword,
  },
  invitation: {
    help: 'votre compte est ouvert. Vous vous connecterez avec votre adresse e-mail et ce mot de passe.',
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
      title: 'Choisissez un mot de passe',
      help: `Bonjour ${link.name}, ${help}`,
      action: actionOf(tokenOf(req)),
      field: newPassword(errors),
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
      if (!person) return render(req, res);
      if ('weakness' in person) return render(req, res, { password: person.weakness });
      return enter(req, res, person, { how: 'link' });
    },
  };
};
