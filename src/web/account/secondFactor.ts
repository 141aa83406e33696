import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { SecondFactorState } from '../../services/accounts/secondFactor.js';
import type { Services } from '../../services.js';
import { errorSummary } from '../fieldModel.js';
import { whenInWords } from '../manager/rules/versionWords.js';
import { callerOf } from '../middleware/limitRate.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { renameSession } from './enterDesk.js';
import { IS_SET, showNewCodes } from './newCodes.js';
import { anyCode, currentPassword, timeCode } from './secretFields.js';
import { setUpPage } from './setUpPage.js';
import { WRONG_FIRST_CODE } from './signInProtect.js';

type Uses = Pick<
  Services,
  'readSecondFactor' | 'proposeSecondFactor' | 'setSecondFactor' | 'removeSecondFactor' | 'renewRecoveryCodes'
>;

const code = Joi.string().allow('').max(60).default('');
const SET_UP = Joi.object<{ code: string; earlier: string }>({ code, earlier: code });
const REMOVE = Joi.object<{ password: string; code: string }>({
  password: Joi.string().allow('').max(200).default(''),
  code,
});

export const WRONG_CODE = 'Ce code n’est pas le bon, ou il a déjà servi.';
/** Of the telephone that is known, or one of the list. */
export const KNOWN_CODE = 'Les six chiffres de l’application, ou l’un de vos codes de secours.';

const BACK_TO_STATE = { href: paths.secondFactor(), label: 'Double authentification' };

const NOTICES = new Map([['retiree', 'La double authentification est retirée. Vos autres connexions sont fermées.']]);

/** Setting a second factor up, on the first telephone or on another, and seeing how it stands. */
export const secondFactorScreen = (services: Uses) => {
  const showState = (res: Response, { setAt, codesLeft, compulsory }: SecondFactorState): Promise<void> =>
    renderPage(res, 'account/secondFactor', {
      title: 'Double authentification',
      since: setAt && whenInWords(setAt),
      codesLeft,
      compulsory,
      changing: `${paths.secondFactor()}?changer=oui`,
      renewing: paths.recoveryCodes(),
      removing: paths.removeSecondFactor(),
    });

  const showForm = (req: Request, res: Response, { isSet }: SecondFactorState, errors: FieldErrors = {}) => {
    const { square, groups, address } = setUpPage(req, accountOf(req.account), services.proposeSecondFactor);
    const earlier = anyCode({ name: 'earlier', label: 'Code de l’ancien téléphone', hint: KNOWN_CODE }, errors);
    const first = timeCode({ label: isSet ? 'Code du nouveau téléphone' : 'Code à six chiffres' }, errors);
    const page = {
      title: isSet ? 'Changer de téléphone' : 'Double authentification',
      lead: isSet
        ? 'L’ancien téléphone ne servira plus, ni les codes de secours d’avant. Vos autres connexions seront fermées.'
        : 'Avec elle, votre mot de passe ne suffit plus à entrer\u00a0: il faut aussi un code de votre téléphone. Vos autres connexions seront fermées.',
      notice: NOTICES.get(String(req.query['fait'])) ?? null,
      back: isSet ? BACK_TO_STATE : { href: paths.ownAccount(), label: 'Mon compte' },
      action: paths.secondFactor(),
      square,
      groups,
      address,
      fields: isSet ? [first, earlier] : [first],
      button: isSet ? 'Changer de téléphone' : 'Mettre en place',
      errors: errorSummary(errors, ['code', 'earlier']),
    };
    return renderPage(res, 'account/setUp', page, { status: page.errors.length > 0 ? 422 : 200 });
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      const state = await services.readSecondFactor(accountOf(req.account));
      if (state.isSet && req.query['changer'] !== 'oui') return showState(res, state);
      await showForm(req, res, state);
    },

    async submit(req: Request, res: Response): Promise<void> {
      const by = accountOf(req.account);
      const form = parseForm(SET_UP, req.body);
      const given = { sealed: req.session.proposal ?? '', ...(form.values ?? { code: '', earlier: '' }) };
      const done = await services.setSecondFactor(by, given, callerOf(req));
      if ('wrong' in done) {
        const errors = { [done.wrong]: done.wrong === 'code' ? WRONG_FIRST_CODE : WRONG_CODE };
        return showForm(req, res, await services.readSecondFactor(by), errors);
      }
      delete req.session.proposal;
      await renameSession(req, { strong: true });
      await showNewCodes(res, { ...done, done: IS_SET, next: paths.secondFactor() });
    },
  };
};

/** Taking the second factor away, by the password and a code: for those who need not have one. */
export const removeSecondFactorScreen = (services: Uses) => {
  const render = (res: Response, errors: FieldErrors = {}): Promise<void> => {
    const page = {
      title: 'Retirer la double authentification',
      action: paths.removeSecondFactor(),
      back: BACK_TO_STATE,
      fields: [
        currentPassword('password', 'Mot de passe', errors),
        anyCode({ name: 'code', label: 'Code', hint: KNOWN_CODE }, errors),
      ],
      errors: errorSummary(errors, ['password', 'code']),
    };
    return renderPage(res, 'account/removeSecondFactor', page, { status: page.errors.length > 0 ? 422 : 200 });
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      const { isSet, compulsory } = await services.readSecondFactor(accountOf(req.account));
      if (!isSet || compulsory) return res.redirect(303, paths.secondFactor());
      await render(res);
    },

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(REMOVE, req.body);
      const given = form.values ?? { password: '', code: '' };
      const done = await services.removeSecondFactor(accountOf(req.account), given, callerOf(req));
      if (done !== 'done')
        return render(res, { [done.wrong]: done.wrong === 'code' ? WRONG_CODE : 'Ce n’est pas votre mot de passe.' });
      await renameSession(req);
      res.redirect(303, `${paths.secondFactor()}?fait=retiree`);
    },
  };
};
