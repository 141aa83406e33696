import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary } from '../fieldModel.js';
import { callerOf } from '../middleware/limitRate.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { showNewCodes } from './newCodes.js';
import { KNOWN_CODE, WRONG_CODE } from './secondFactor.js';
import { anyCode } from './secretFields.js';

const FORM = Joi.object<{ code: string }>({ code: Joi.string().allow('').max(60).default('') });

/** New recovery codes, in the place of those that are left. */
export const recoveryCodesScreen = ({
  readSecondFactor,
  renewRecoveryCodes,
}: Pick<Services, 'readSecondFactor' | 'renewRecoveryCodes'>) => {
  const render = async (req: Request, res: Response, errors: FieldErrors = {}): Promise<void> => {
    const { isSet, codesLeft } = await readSecondFactor(accountOf(req.account));
    if (!isSet) return res.redirect(303, paths.secondFactor());
    const page = {
      title: 'Codes de secours',
      codesLeft,
      action: paths.recoveryCodes(),
      field: anyCode({ name: 'code', label: 'Code', hint: KNOWN_CODE }, errors),
      errors: errorSummary(errors, ['code']),
    };
    await renderPage(res, 'account/recoveryCodes', page, { status: page.errors.length > 0 ? 422 : 200 });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => render(req, res),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(FORM, req.body);
      const done = await renewRecoveryCodes(accountOf(req.account), form.values?.code ?? '', callerOf(req));
      if ('wrong' in done) return render(req, res, { code: WRONG_CODE });
      const said = 'Vos nouveaux codes sont prêts. Ceux d’avant ne servent plus.';
      await showNewCodes(res, { ...done, done: said, next: paths.secondFactor() });
    },
  };
};
