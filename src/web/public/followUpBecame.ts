import type { Request, Response } from 'express';
import Joi from 'joi';
import { choicesIn } from '../../domain/questionnaire/choices.js';
import { BECAME, type Became } from '../../domain/referrals/referral.js';
import { inLanguage, type Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { type FieldWording, fieldModel } from '../fieldModel.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { afterwards } from './followUpNotices.js';
import { type OpenedPage, openOwnPage, renderAct } from './ownProjectPage.js';

type Uses = Pick<Services, 'followProject' | 'sayWhatBecame'>;

const fieldIn = (language: Language): FieldWording => ({
  kind: 'radios',
  name: 'what',
  label: inLanguage(language)({ fr: 'Où en est votre projet ?', en: 'Where does your project stand?' }),
  groups: [{ choices: choicesIn(language, BECAME) }],
});

const formIn = (language: Language) =>
  Joi.object<{ what: Became }>({
    what: Joi.string()
      .valid(...Object.keys(BECAME))
      .required()
      .messages({ '*': inLanguage(language)({ fr: 'Choisissez une réponse.', en: 'Choose an answer.' }) }),
  });

const render = (res: Response, page: OpenedPage, values: object, errors: FieldErrors = {}): Promise<void> => {
  const { language, token } = page;
  const say = inLanguage(language);
  const form = {
    title: say({ fr: 'Qu’est devenu votre projet ?', en: 'What has become of your project?' }),
    paragraphs: [
      say({
        fr: 'Une seule question. Votre réponse dit au territoire ce que son accueil a permis. Vous pourrez la corriger.',
        en: 'One question only. Your answer tells the territory what its welcome made possible. You may correct it later.',
      }),
    ],
    action: paths.became(token),
    button: say({ fr: 'Donner des nouvelles', en: 'Tell us the news' }),
  };
  const field = fieldModel(fieldIn(language), values as Record<string, unknown>, errors, { language });
  return renderAct(res, page, form, { fields: [field], errors });
};

/** What became of the project: one question, once its follow-up has ended. */
export const becameScreen = (services: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, 'became')(req, res);
    if (page) await render(res, page, page.followed.project.became ?? {});
  },

  async submit(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, null)(req, res);
    if (!page) return;
    const form = parseForm(formIn(page.language), req.body, { language: page.language });
    if (form.errors) return render(res, page, form.typed, form.errors);
    await services.sayWhatBecame(page.token, form.values.what);
    res.redirect(303, afterwards(paths.followUp(page.token), 'nouvelles'));
  },
});
