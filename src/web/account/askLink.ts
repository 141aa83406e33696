import { setTimeout } from 'node:timers/promises';
import type { Request, Response } from 'express';
import Joi from 'joi';
import { paths } from '../../paths.js';
import type { AskedKey } from '../../services/accounts/accountLinks.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { addressOf, keepWithin } from '../middleware/limitRate.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { renderPage } from '../renderPage.js';

/** Milliseconds that every answer takes, longer than any look-up: its time tells nothing either. */
const ALWAYS_TAKES = 400;

const WORDS: Record<AskedKey, { title: string; help: string; action: string }> = {
  'sign-in': {
    title: 'Se connecter sans mot de passe',
    help: 'Nous vous envoyons un lien qui vous connecte. Il sert une seule fois, pendant quinze minutes.',
    action: paths.askSignInLink(),
  },
  reset: {
    title: 'Mot de passe oublié',
    help: 'Nous vous envoyons un lien pour en choisir un autre. Il sert une seule fois, pendant quinze minutes.',
    action: paths.lostPassword(),
  },
};

const FORM = Joi.object<{ email: string }>({
  email: Joi.string()
    .trim()
    .lowercase()
    .max(254)
    .email({ tlds: false })
    .required()
    .messages({ '*': 'Écrivez l’adresse e-mail de votre compte, comme prenom.nom@exemple.fr.' }),
});
const EMAIL: FieldWording = {
  kind: 'text',
  type: 'email',
  name: 'email',
  label: 'Adresse e-mail',
  hint: 'Celle de votre compte.',
  autocomplete: 'username',
};

/** Asks for a link by e-mail. The answer is the same, and takes as long, whether the address has an account or not. */
export const askLinkScreen = (
  { limits, askAccountLink }: Pick<Services, 'limits' | 'askAccountLink'>,
  which: AskedKey,
) => {
  const render = async (req: Request, res: Response, typed: Typed = {}, errors: FieldErrors = {}): Promise<void> => {
    const page = {
      ...WORDS[which],
      isSent: req.query['envoye'] === '1',
      field: fieldModel(EMAIL, typed, errors),
      errors: errorSummary(errors, ['email']),
    };
    await renderPage(res, 'account/askLink', page, { status: page.errors.length > 0 ? 422 : 200 });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => render(req, res),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(FORM, req.body);
      if (form.errors) return render(req, res, form.typed, form.errors);
      const { email } = form.values;
      await keepWithin(limits, [['account-links-from-address', addressOf(req)]]);
      const send = async (): Promise<void> => {
        // Too often for one address: the same answer, and nothing leaves.
        const { allowed } = await limits.take('account-links-of-email', email);
        if (allowed) await askAccountLink(which, email);
      };
      await Promise.all([send(), setTimeout(ALWAYS_TAKES)]);
      res.redirect(303, `${WORDS[which].action}?envoye=1`);
    },
  };
};
