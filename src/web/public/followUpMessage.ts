import type { Request, Response } from 'express';
import Joi from 'joi';
import { MESSAGE_MAX, MESSAGES_A_DAY, MESSAGES_MAX } from '../../domain/referrals/holderActs.js';
import { inLanguage, type Language, type Words } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { MessageAnswer } from '../../services/addMessage.js';
import type { Services } from '../../services.js';
import { type FieldModel, fieldModel } from '../fieldModel.js';
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

/** The one field: for a message, or for the answer to what was asked. */
export const messageField = (
  language: Language,
  { isAnswer, typed = {}, errors = {} }: { isAnswer: boolean; typed?: Typed; errors?: FieldErrors },
): FieldModel => {
  const label: Words = isAnswer
    ? { fr: 'Votre réponse', en: 'Your answer' }
    : { fr: 'Votre message', en: 'Your message' };
  const field = { kind: 'textarea', name: 'text', label: label[language], rows: 6, max: MESSAGE_MAX } as const;
  return fieldModel(field, typed, errors, { language });
};

export const SEND_ANSWER: Words = { fr: 'Envoyer ma réponse', en: 'Send my answer' };

const WORDS: Record<'title' | 'help' | 'button', Words> = {
  title: { fr: 'Ajouter un message ou une précision', en: 'Add a message or a detail' },
  help: {
    fr: 'Une date, un chiffre, une question, ce qui a changé : la personne qui suit votre projet le lira avant de vous contacter.',
    en: 'A date, a figure, a question, what has changed: whoever looks after your project will read it before contacting you.',
  },
  button: { fr: 'Ajouter ce message', en: 'Add this message' },
};
const ANSWERING: Words = { fr: 'Répondre à la question', en: 'Answer the question' };

const render = (res: Response, page: OpenedPage, typed: Typed = {}, errors: FieldErrors = {}): Promise<void> => {
  const say = inLanguage(page.language);
  const { question } = page.followed;
  const form = {
    title: say(question ? ANSWERING : WORDS.title),
    paragraphs: [question ? question.text : say(WORDS.help)],
    action: paths.addMessage(page.token),
    button: say(question ? SEND_ANSWER : WORDS.button),
  };
  const field = messageField(page.language, { isAnswer: question !== null, typed, errors });
  return renderAct(res, page, form, { fields: [field], errors });
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
    const done = page.followed.question ? 'reponse' : 'message';
    if (answer === 'added') return res.redirect(303, afterwards(paths.followUp(page.token), done));
    return render(res, page, { text: form.values.text }, { text: REFUSALS[answer][page.language] });
  },
});
