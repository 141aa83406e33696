import type { Request, Response } from 'express';
import Joi from 'joi';
import { inLanguage, type Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { addressOf, keepWithin } from '../middleware/limitRate.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { standingOf } from './standing.js';

type Uses = Pick<Services, 'territory' | 'draftUnderWay' | 'askToResume' | 'limits'>;

const WORDS = {
  empty: { fr: 'Vous n’avez encore rien enregistré', en: 'You have not saved anything yet' },
  kept: { fr: 'Vos réponses sont gardées', en: 'Your answers are saved' },
  sent: { fr: 'Le lien est en route', en: 'The link is on its way' },
  label: { fr: 'Votre adresse e-mail', en: 'Your e-mail address' },
  hint: {
    fr: 'Nous vous envoyons le lien, et un seul rappel si vous n’avez pas repris. Rien d’autre.',
    en: 'We send you the link, and one reminder if you have not come back. Nothing else.',
  },
  wrong: {
    fr: 'Vérifiez l’adresse e-mail. Elle ressemble à «\u00a0prenom.nom@exemple.fr\u00a0».',
    en: 'Check the e-mail address. It looks like “firstname.surname@example.org”.',
  },
  missing: { fr: 'Écrivez votre adresse e-mail.', en: 'Write your e-mail address.' },
};

const fieldIn = (language: Language): FieldWording => {
  const say = inLanguage(language);
  const label = say(WORDS.label);
  return { kind: 'text', type: 'email', name: 'email', label, hint: say(WORDS.hint), autocomplete: 'email' };
};

const formIn = (language: Language): Joi.ObjectSchema<{ email: string }> => {
  const say = inLanguage(language);
  const email = Joi.string().trim().max(254).email({ tlds: false }).required();
  const messages = { 'any.required': say(WORDS.missing), 'string.empty': say(WORDS.missing), '*': say(WORDS.wrong) };
  return Joi.object({ email: email.messages(messages) });
};

/** "Reprendre plus tard": where one stands, and a link by e-mail to go on from any device. */
export const laterScreen = ({ territory, draftUnderWay, askToResume, limits }: Uses) => {
  const render = async (req: Request, res: Response, typed?: Typed, errors: FieldErrors = {}): Promise<void> => {
    const draft = await draftUnderWay(req.visitor);
    const standing = standingOf(draft?.answers ?? {}, territory, req.language);
    const sentTo = req.query['envoye'] === '1' && !typed ? (draft?.email ?? null) : null;
    const title = standing.isEmpty ? WORDS.empty : sentTo ? WORDS.sent : WORDS.kept;
    const values = typed ?? { email: draft?.email ?? draft?.answers.contact?.email ?? '' };
    const model = {
      title: inLanguage(req.language)(title),
      ...standing,
      sentTo,
      field: fieldModel(fieldIn(req.language), values, errors),
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
