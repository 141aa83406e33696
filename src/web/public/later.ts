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
import { standingOf } from './standing.js';

type Uses = Pick<Services, 'territory' | 'draftUnderWay' | 'askToResume' | 'limits'>;

const TITLES = {
  empty: { fr: 'Vous n’avez encore rien enregistré', en: 'You have not saved anything yet' },
  kept: { fr: 'Vos réponses sont gardées', en: 'Your answers are saved' },
  sent: { fr: 'Le lien est en route', en: 'The link is on its way' },
};

const emailIn = (language: Language) =>
  emailAddress(language, {
    fr: 'Nous vous envoyons le lien, et un seul rappel si vous n’avez pas repris. Rien d’autre.',
    en: 'We send you the link, and one reminder if you have not come back. Nothing else.',
  });

const formIn = (language: Language): Joi.ObjectSchema<{ email: string }> =>
  Joi.object({ email: emailIn(language).schema });

/** "Reprendre plus tard": where one stands, and a link by e-mail to go on from any device. */
export const laterScreen = ({ territory, draftUnderWay, askToResume, limits }: Uses) => {
  const render = async (req: Request, res: Response, typed?: Typed, errors: FieldErrors = {}): Promise<void> => {
    const draft = await draftUnderWay(req.visitor);
    const standing = standingOf(draft?.answers ?? {}, territory, req.language);
    const sentTo = req.query['envoye'] === '1' && !typed ? (draft?.email ?? null) : null;
    const title = standing.isEmpty ? TITLES.empty : sentTo ? TITLES.sent : TITLES.kept;
    const values = typed ?? { email: draft?.email ?? draft?.answers.contact?.email ?? '' };
    const model = {
      title: inLanguage(req.language)(title),
      ...standing,
      sentTo,
      field: fieldModel(emailIn(req.language), values, errors),
      errors: errorSummary(errors, ['email']),
    };
    await renderPage(res, 'public/later', model, { status: typed ? 422 : 200 });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => render(req, res),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(formIn(req.language), req.body);
      if (form.errors) return render(req, res, form.typed, form.errors);
      const { email } = form.values;
      await keepWithin(limits, [
        ['resume-links-from-address', addressOf(req)],
        ['resume-links-of-email', email],
      ]);
      const sent = await askToResume(req.visitor, email, req.language);
      res.redirect(303, sent ? `${paths.later()}?envoye=1` : paths.later());
    },
  };
};
