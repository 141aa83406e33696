import type { Request, Response } from 'express';
import Joi from 'joi';
import { CLOSE_OUTCOMES, type CloseOutcome } from '../../domain/referrals/lifecycle.js';
import { paths } from '../../paths.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import type { Services } from '../../services.js';
import { type FieldWording, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { actPage, openAct, VERSION, WORDS_MAX } from './openAct.js';

const HINTS: Record<CloseOutcome, string> = {
  helped: 'Un conseil, un contact, un local, une aide : quelque chose a servi.',
  no_solution: 'Personne dans le territoire ne répond à ce besoin aujourd’hui.',
  unreachable: 'Plusieurs essais, à des heures différentes, sont restés sans réponse.',
};
const OUTCOME: FieldWording = {
  kind: 'radios',
  name: 'outcome',
  label: 'Comment ce projet a-t-il fini ?',
  groups: [
    {
      choices: Object.entries(CLOSE_OUTCOMES).map(([value, label]) => ({
        value,
        label,
        hint: HINTS[value as CloseOutcome],
      })),
    },
  ],
};

const FORM = Joi.object<{ version: number; outcome: CloseOutcome; words?: string }>({
  version: VERSION,
  outcome: Joi.string()
    .valid(...Object.keys(CLOSE_OUTCOMES))
    .required()
    .messages({ '*': 'Choisissez comment ce projet a fini.' }),
  words: Joi.string()
    .trim()
    .empty('')
    .max(WORDS_MAX)
    .messages({ '*': `Écrivez ${WORDS_MAX} caractères au plus.` }),
});

const wordsFor = (name: string): FieldWording => ({
  kind: 'textarea',
  name: 'words',
  label: `Votre message à ${name}`,
  hint: 'Cette personne le lit tel quel. Dites ce qui a été fait, ou vers qui aller maintenant.',
  optional: true,
  rows: 5,
  max: WORDS_MAX,
});

const closePage = (sheet: ReferralSheet, typed: Record<string, unknown> = {}, errors: FieldErrors = {}) => {
  const { referral, project } = sheet;
  const form = {
    title: 'Clôturer ce projet',
    help: 'La personne reçoit un e-mail qui annonce la fin du suivi.',
    action: paths.close(referral.id),
    button: 'Clôturer ce projet',
  };
  const fields = [fieldModel(OUTCOME, typed, errors), fieldModel(wordsFor(project.contact.name), typed, errors)];
  return actPage(sheet, form, { fields, errors, version: typed['version'] });
};

/** Ending a referral with an outcome and the words that its holder will read. */
export const closeScreen = (services: Pick<Services, 'closeReferral' | 'readReferral'>) => {
  const open = openAct(services, 'close');
  return {
    async show(req: Request, res: Response): Promise<void> {
      await renderPage(res, 'advisor/act', closePage(await open(req)));
    },

    async submit(req: Request, res: Response): Promise<void> {
      const id = String(req.params['id']);
      const form = parseForm(FORM, req.body);
      if (form.errors) {
        const page = closePage(await open(req), form.typed, form.errors);
        return renderPage(res, 'advisor/act', page, { status: 422 });
      }
      const { version, outcome, words } = form.values;
      await services.closeReferral({ id, version, by: accountOf(req.account) }, { outcome, words: words ?? null });
      res.redirect(303, `${paths.referral(id)}?fait=cloture`);
    },
  };
};
