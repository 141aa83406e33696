import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary } from '../fieldModel.js';
import { callerOf } from '../middleware/limitRate.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import type { EnterDesk } from './enterDesk.js';
import { IS_SET, showNewCodes } from './newCodes.js';
import { timeCode } from './secretFields.js';
import { setUpPage } from './setUpPage.js';
import { signInUnderWay, type UnderWay } from './underWay.js';

const FORM = Joi.object<{ code: string }>({ code: Joi.string().allow('').max(60).default('') });
export const WRONG_FIRST_CODE =
  'Ce code n’est pas le bon. Vérifiez que l’heure de votre téléphone est juste, puis recopiez le code qu’il montre maintenant.';

type Uses = Pick<Services, 'clock' | 'accountById' | 'nextFactor' | 'proposeSecondFactor' | 'setSecondFactor'>;

/** Whoever sees every project, or opens accounts, sets up a second factor before coming in. */
export const signInProtectScreen = (services: Uses, enter: EnterDesk) => {
  const underWay = signInUnderWay(services);

  /** Whoever has a second factor by now gives its code instead. */
  const toProtect = async (req: Request, res: Response): Promise<UnderWay | null> => {
    const found = await underWay(req, res);
    if (!found || (await services.nextFactor(found.account)) === 'protect') return found;
    res.redirect(303, paths.signInCode());
    return null;
  };

  const render = (req: Request, res: Response, { account }: UnderWay, errors: FieldErrors = {}): Promise<void> => {
    const { square, groups, address } = setUpPage(req, account, services.proposeSecondFactor);
    const page = {
      title: 'Protégez votre compte',
      lead: 'Votre rôle ouvre beaucoup de dossiers. Pour y entrer, il faut votre mot de passe et un code de votre téléphone.',
      action: paths.signInProtect(),
      square,
      groups,
      address,
      fields: [timeCode({}, errors)],
      button: 'Confirmer et entrer',
      errors: errorSummary(errors, ['code']),
    };
    return renderPage(res, 'account/setUp', page, { status: page.errors.length > 0 ? 422 : 200 });
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      const found = await toProtect(req, res);
      if (found) await render(req, res, found);
    },

    async submit(req: Request, res: Response): Promise<void> {
      const found = await toProtect(req, res);
      if (!found) return;
      const form = parseForm(FORM, req.body);
      const given = { sealed: req.session.proposal ?? '', code: form.values?.code ?? '' };
      const done = await services.setSecondFactor(found.account, given, callerOf(req));
      if ('wrong' in done) return render(req, res, found, { code: WRONG_FIRST_CODE });
      const instead = (next: string): Promise<void> => showNewCodes(res, { ...done, done: IS_SET, next });
      await enter(req, res, found.account, { ...found.pending, strong: true, instead });
    },
  };
};
