import { setTimeout } from 'node:timers/promises';
import type { Request, Response } from 'express';
import Joi from 'joi';
import { emailAddress } from '../../domain/questionnaire/emailAddress.js';
import { inLanguage, type Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary, fieldModel } from '../fieldModel.js';
import { addressOf, keepWithin } from '../middleware/limitRate.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { renderPage } from '../renderPage.js';

/** Milliseconds that every answer takes, longer than any look-up: its time tells nothing either. */
const ALWAYS_TAKES = 400;

const emailIn = (language: Language) =>
  emailAddress(language, {
    fr: 'Celle que vous aviez donnée avec votre projet.',
    en: 'The one that you gave with your project.',
  });

const formIn = (language: Language): Joi.ObjectSchema<{ email: string }> =>
  Joi.object({ email: emailIn(language).schema });

const render = async (req: Request, res: Response, typed: Typed = {}, errors: FieldErrors = {}): Promise<void> => {
  const { language } = req;
  const say = inLanguage(language);
  const page = {
    title: say({ fr: 'Retrouver le lien de votre projet', en: 'Find the link of your project' }),
    action: paths.lostLink(),
    isSent: req.query['envoye'] === '1',
    field: fieldModel(emailIn(language), typed, errors, { language }),
    errors: errorSummary(errors, ['email']),
  };
  await renderPage(res, 'public/lostLink', page, { status: page.errors.length > 0 ? 422 : 200 });
};

/** Sends the links of an address again, without saying whether it has any project. */
export const lostLinkScreen = ({ limits, sendLinkAgain }: Pick<Services, 'limits' | 'sendLinkAgain'>) => ({
  show: (req: Request, res: Response): Promise<void> => render(req, res),

  async submit(req: Request, res: Response): Promise<void> {
    const form = parseForm(formIn(req.language), req.body, { language: req.language });
    if (form.errors) return render(req, res, form.typed, form.errors);
    const { email } = form.values;
    await keepWithin(limits, [['lost-links-from-address', addressOf(req)]]);
    const send = async (): Promise<void> => {
      // Too often for one address: the same answer, and nothing leaves.
      const { allowed } = await limits.take('lost-links-of-email', email.toLowerCase());
      if (allowed) await sendLinkAgain(email);
    };
    await Promise.all([send(), setTimeout(ALWAYS_TAKES)]);
    res.redirect(303, `${paths.lostLink()}?envoye=1`);
  },
});
