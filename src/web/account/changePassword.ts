import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary } from '../fieldModel.js';
import { callerOf } from '../middleware/limitRate.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { renameSession } from './enterDesk.js';
import { currentPassword, newPassword } from './secretFields.js';

const FORM = Joi.object<{ before: string; password: string }>({
  before: Joi.string().max(200).required().messages({ '*': 'Écrivez votre mot de passe actuel.' }),
  password: Joi.string().allow('').max(1000).default(''),
});

/** Changing the own password, by the one before. */
export const changePasswordScreen = ({
  changePassword,
  passwordStamp,
}: Pick<Services, 'changePassword' | 'passwordStamp'>) => {
  const render = (req: Request, res: Response, errors: FieldErrors = {}): Promise<void> => {
    const page = {
      title: 'Changer de mot de passe',
      notice:
        req.query['fait'] === 'change' ? 'Votre mot de passe est changé. Vos autres connexions sont fermées.' : null,
      action: paths.changePassword(),
      fields: [currentPassword('before', 'Mot de passe actuel', errors), newPassword(errors)],
      errors: errorSummary(errors, ['before', 'password']),
    };
    return renderPage(res, 'account/changePassword', page, { status: page.errors.length > 0 ? 422 : 200 });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => render(req, res),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(FORM, req.body);
      if (form.errors) return render(req, res, form.errors);
      const by = accountOf(req.account);
      const done = await changePassword(by, form.values, callerOf(req));
      if (done !== 'done') return render(req, res, done);
      await renameSession(req, { stamp: await passwordStamp(by) });
      res.redirect(303, `${paths.changePassword()}?fait=change`);
    },
  };
};
