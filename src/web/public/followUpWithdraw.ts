import type { Request, Response } from 'express';
import Joi from 'joi';
import { WITHDRAW_REASONS, type WithdrawReason } from '../../domain/referrals/lifecycle.js';
import { inLanguage, type Language } from '../../domain/territory/language.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { type FieldWording, fieldModel } from '../fieldModel.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { afterwards } from './followUpNotices.js';
import { type OpenedPage, openOwnPage, renderAct } from './ownProjectPage.js';

type Uses = Pick<Services, 'followProject' | 'withdrawProject'>;

const WORDS_MAX = 500;

const fieldsIn = (language: Language): FieldWording[] => {
  const say = inLanguage(language);
  const reasons = Object.entries(WITHDRAW_REASONS).map(([value, label]) => ({ value, label: say(label) }));
  return [
    {
      kind: 'radios',
      name: 'reason',
      label: say({ fr: 'Pourquoi le retirez-vous ?', en: 'Why are you withdrawing it?' }),
      groups: [{ choices: reasons }],
    },
    {
      kind: 'textarea',
      name: 'words',
      label: say({ fr: 'Voulez-vous en dire plus ?', en: 'Would you like to say more?' }),
      optional: true,
      rows: 3,
      max: WORDS_MAX,
    },
  ];
};

const formIn = (language: Language) => {
  const say = inLanguage(language);
  const tooLong = { fr: `Écrivez ${WORDS_MAX} caractères au plus.`, en: `Write ${WORDS_MAX} characters at most.` };
  return Joi.object<{ reason: WithdrawReason; words: string | null }>({
    reason: Joi.string()
      .valid(...Object.keys(WITHDRAW_REASONS))
      .required()
      .messages({ '*': say({ fr: 'Choisissez une raison.', en: 'Choose a reason.' }) }),
    words: Joi.string()
      .trim()
      .max(WORDS_MAX)
      .empty('')
      .default(null)
      .messages({ '*': say(tooLong) }),
  });
};

const render = (res: Response, page: OpenedPage, typed: Typed = {}, errors: FieldErrors = {}): Promise<void> => {
  const { language, token, followed } = page;
  const isAtPartner = followed.project.state !== 'triage';
  const say = inLanguage(language);
  const form = {
    title: say({ fr: 'Retirer votre projet', en: 'Withdraw your project' }),
    paragraphs: [say({ fr: 'Si vous retirez votre projet :', en: 'If you withdraw your project:' })],
    consequences: [
      say({
        fr: isAtPartner
          ? 'le partenaire est prévenu et personne ne vous contacte plus ;'
          : 'personne ne vous contacte plus ;',
        en: isAtPartner ? 'the partner is told and nobody contacts you any more;' : 'nobody contacts you any more;',
      }),
      say({
        fr: 'vous ne pouvez pas revenir en arrière, mais vous pouvez envoyer un nouveau projet ;',
        en: 'you cannot undo this, but you may send a new project;',
      }),
      say({
        fr: 'vos données restent sur cette page, jusqu’à ce que vous les fassiez effacer.',
        en: 'your data stay on this page, until you have them erased.',
      }),
    ],
    action: paths.withdraw(token),
    button: say({ fr: 'Retirer mon projet', en: 'Withdraw my project' }),
    isDanger: true,
  };
  const fields = fieldsIn(language).map((field) => fieldModel(field, typed, errors, { language }));
  return renderAct(res, page, form, { fields, errors });
};

/** Taking the project back, with a reason. */
export const withdrawScreen = (services: Uses) => ({
  async show(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, 'withdraw')(req, res);
    if (page) await render(res, page);
  },

  async submit(req: Request, res: Response): Promise<void> {
    const page = await openOwnPage(services, null)(req, res);
    if (!page) return;
    const form = parseForm(formIn(page.language), req.body, { language: page.language });
    if (form.errors) return render(res, page, form.typed, form.errors);
    await services.withdrawProject(page.token, form.values);
    res.redirect(303, afterwards(paths.followUp(page.token), 'retrait'));
  },
});
