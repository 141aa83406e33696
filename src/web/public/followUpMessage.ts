import type { Request, Response } from 'express';
import Joi from 'joi';
import { MESSAGE_MAX, MESSAGES_A_DAY, MESSAGES_MAX } from '../../domain/referrals/holderActs.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { MessageAnswer } from '../../services/addMessage.js';
import type { Services } from '../../services.js';
import { fieldModel } from '../fieldModel.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { afterwards } from './followUpNotices.js';
import { type OpenedPage, openOwnPage, renderAct } from './ownProjectPage.js';

type Uses = Pick<Services, 'addMessage' | 'followProject'>;

const REFUSALS: Record<Exclude<MessageAnswer, 'added'>, Words> = {
  'too many today': {
    fr: `Vous avez écrit ${MESSAGES_A_DAY} messages aujourd’hui. Ajoutez celui-ci demain, ou gardez-le pour l’appel.`,
    en: `You have written ${MESSAGES_A_DAY} messages today. Add this one tomorrow, or keep it for the call.`,
  },
  'too many': {
    fr: `Ce projet a déjà ${MESSAGES_MAX} messages. Gardez celui-ci pour votre prochain échange.`,
    en: `This project already has ${MESSAGES_MAX} messages. Keep this one for your next conversation.`,
  },
};

const formIn = (language: Language) => {
  const say = inLanguage(language);
  return Joi.object<{ text: string }>({
    text: Joi.string()
      .trim()
      .max(MESSAGE_MAX)
      .required()
      .messages({
        'string.max': say({
          fr: `Écrivez ${MESSAGE_MAX} caractères au plus.`,
          en: `Write ${MESSAGE_MAX} characters at most.`,
        }),
        '*': say({ fr: 'Écrivez votre message.', en: 'Write your message.' }),
      }),
  });
};

const render = (res: Response, page: OpenedPage, typed: Typed = {}, errors: FieldErrors = {}): Promise<void> => {
  const say = inLanguage(page.language);
  const field = {
    kind: 'textarea',
    name: 'text',
    label: say({ fr: 'Votre message', en: 'Your message' }),
    rows: 6,
    max: MESSAGE_MAX,
  } as const;
  const form = {
    title: say({ fr: 'Ajouter un message ou une précision', en: 'Add a message or a detail' }),
    paragraphs: [
      say({
        fr: 'Une date, un chiffre, une question, ce qui a changé : la personne qui suit votre projet le lira avant de vous contacter.',
        en: 'A date, a figure, a question, what has changed: whoever looks after your project will read it before contacting you.',
      }),
    ],
    action: paths.addMessage(page.token),
    button: say({ fr: 'Ajouter ce message', en: 'Add this message' }),
  };
  return renderAct(res, page, form, {
    fields: [fieldModel(field, typed, errors, { language: page.language })],
    errors,
  });
};

/** Adding a message or a detail. */
export const messageScreen = (services: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, 'addMessage')(req, res);
    if (page) await render(res, page);
  },

  async submit(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, null)(req, res);
    if (!page) return;
    const form = parseForm(formIn(page.language), req.body, { language: page.language });
    if (form.errors) return render(res, page, form.typed, form.errors);
    const answer = await services.addMessage(page.token, form.values.text);
    if (answer === 'added') return res.redirect(303, afterwards(paths.followUp(page.token), 'message'));
    return render(res, page, { text: form.values.text }, { text: REFUSALS[answer][page.language] });
  },
});
