import type { Request, Response } from 'express';
import Joi from 'joi';
import { choicesIn } from '../../domain/questionnaire/choices.js';
import { CALLED_BACK, USEFUL } from '../../domain/referrals/opinion.js';
import type { Survey } from '../../domain/referrals/referral.js';
import { inLanguage, type Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { type FieldWording, fieldModel } from '../fieldModel.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { afterwards } from './followUpNotices.js';
import { type OpenedPage, openOwnPage, renderAct } from './ownProjectPage.js';

type Uses = Pick<Services, 'answerSurvey' | 'followProject'>;

const fieldsIn = (language: Language): FieldWording[] => {
  const say = inLanguage(language);
  return [
    {
      kind: 'radios',
      name: 'calledBack',
      label: say({ fr: 'Une personne a-t-elle pris contact avec vous ?', en: 'Did somebody contact you?' }),
      groups: [{ choices: choicesIn(language, CALLED_BACK) }],
    },
    {
      kind: 'radios',
      name: 'useful',
      label: say({ fr: 'Cet accompagnement a-t-il été utile ?', en: 'Was this help useful?' }),
      groups: [{ choices: choicesIn(language, USEFUL) }],
    },
  ];
};

const formIn = (language: Language) => {
  const say = inLanguage(language);
  const oneOf = (words: object, ask: string) =>
    Joi.string()
      .valid(...Object.keys(words))
      .required()
      .messages({ '*': ask });
  return Joi.object<Pick<Survey, 'calledBack' | 'useful'>>({
    calledBack: oneOf(
      CALLED_BACK,
      say({ fr: 'Dites si une personne a pris contact avec vous.', en: 'Say whether somebody contacted you.' }),
    ),
    useful: oneOf(
      USEFUL,
      say({ fr: 'Dites si cet accompagnement a été utile.', en: 'Say whether this help was useful.' }),
    ),
  });
};

const render = (res: Response, page: OpenedPage, values: object, errors: FieldErrors = {}): Promise<void> => {
  const { language, token } = page;
  const say = inLanguage(language);
  const form = {
    title: say({ fr: 'Votre avis', en: 'Your opinion' }),
    paragraphs: [
      say({
        fr: 'Deux questions. Vos réponses servent à améliorer l’accueil des projets. Vous pourrez les corriger.',
        en: 'Two questions. Your answers help us to look after projects better. You may correct them later.',
      }),
    ],
    action: paths.survey(token),
    button: say({ fr: 'Donner mon avis', en: 'Give my opinion' }),
  };
  const fields = fieldsIn(language).map((field) =>
    fieldModel(field, values as Record<string, unknown>, errors, { language }),
  );
  return renderAct(res, page, form, { fields, errors });
};

/** The two questions, once the referral has ended. */
export const surveyScreen = (services: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, 'survey')(req, res);
    if (page) await render(res, page, page.followed.project.survey ?? {});
  },

  async submit(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, null)(req, res);
    if (!page) return;
    const form = parseForm(formIn(page.language), req.body, { language: page.language });
    if (form.errors) return render(res, page, form.typed, form.errors);
    await services.answerSurvey(page.token, form.values);
    res.redirect(303, afterwards(paths.followUp(page.token), 'avis'));
  },
});
