import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { FactorKind } from '../../services/accounts/checkSecondFactor.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldModel } from '../fieldModel.js';
import { callerOf } from '../middleware/limitRate.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import type { EnterDesk } from './enterDesk.js';
import { anyCode, timeCode } from './secretFields.js';
import { signInUnderWay } from './underWay.js';

/** Not judged by its shape: whatever is typed is right or wrong, and spaces do not count. */
const FORM = Joi.object<{ code: string }>({ code: Joi.string().allow('').max(60).default('') });

interface Words {
  title: string;
  help: string;
  action: string;
  field: (errors: FieldErrors) => FieldModel;
  wrong: string;
  other: { href: string; label: string };
}

const RECOVERY = {
  name: 'code',
  label: 'Code de secours',
  hint: 'Dix signes, par exemple abcde-23456. Chaque code sert une seule fois.',
};

const WORDS: Record<FactorKind, Words> = {
  code: {
    title: 'Donnez le code de votre téléphone',
    help: 'Ouvrez l’application qui vous donne des codes, et recopiez celui de «\u00a0Porte innovation\u00a0». Il change toutes les trente secondes.',
    action: paths.signInCode(),
    field: (errors) => timeCode({}, errors),
    wrong: 'Ce code n’est pas le bon, ou il a déjà servi. Recopiez celui que l’application montre maintenant.',
    other: { href: paths.signInRecovery(), label: 'Je n’ai pas mon téléphone' },
  },
  recovery: {
    title: 'Donnez un code de secours',
    help: 'C’est l’un des codes reçus quand vous avez mis en place la double authentification. Vous n’en avez plus\u00a0? La personne qui gère les comptes peut vous aider.',
    action: paths.signInRecovery(),
    field: (errors) => anyCode(RECOVERY, errors),
    wrong: 'Ce code n’est pas le bon, ou il a déjà servi. Essayez le suivant de votre liste.',
    other: { href: paths.signInCode(), label: 'J’ai mon téléphone' },
  },
};

/** The second factor of a sign-in: a code of the telephone, or one of those kept for when it is lost. */
export const signInCodeScreen = (
  services: Pick<Services, 'clock' | 'accountById' | 'checkSecondFactor'>,
  enter: EnterDesk,
  kind: FactorKind,
) => {
  const underWay = signInUnderWay(services);
  const { field, wrong, ...words } = WORDS[kind];

  const render = (res: Response, errors: FieldErrors = {}): Promise<void> => {
    const page = { ...words, field: field(errors), errors: errorSummary(errors, ['code']) };
    return renderPage(res, 'account/signInCode', page, { status: page.errors.length > 0 ? 422 : 200 });
  };

  return {
    async show(req: Request, res: Response): Promise<void> {
      if (await underWay(req, res)) await render(res);
    },

    async submit(req: Request, res: Response): Promise<void> {
      const found = await underWay(req, res);
      if (!found) return;
      const { account, pending } = found;
      const form = parseForm(FORM, req.body);
      const isRight = form.values && (await services.checkSecondFactor(account, kind, form.values.code, callerOf(req)));
      if (!isRight) return render(res, { code: wrong });
      await enter(req, res, account, { ...pending, strong: true });
    },
  };
};
