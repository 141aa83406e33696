import type { Request, Response } from 'express';
import Joi from 'joi';
import { DECLINE_REASONS, type DeclineReason } from '../../domain/referrals/lifecycle.js';
import { paths } from '../../paths.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import type { Services } from '../../services.js';
import { type FieldWording, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { renderPage } from '../renderPage.js';
import { actPage, openAct, VERSION, WORDS_MAX } from './openAct.js';

const REASON: FieldWording = {
  kind: 'radios',
  name: 'reason',
  label: 'Pourquoi ?',
  groups: [{ choices: Object.entries(DECLINE_REASONS).map(([value, label]) => ({ value, label })) }],
};
const WORDS: FieldWording = {
  kind: 'textarea',
  name: 'words',
  label: 'Une phrase pour la personne qui choisira le partenaire suivant',
  hint: 'Par exemple : qui pourrait aider, ce que vous savez déjà. Obligatoire pour « Autre raison ».',
  rows: 3,
  max: WORDS_MAX,
};

const FORM = Joi.object<{ version: number; reason: DeclineReason; words?: string }>({
  version: VERSION,
  reason: Joi.string()
    .valid(...Object.keys(DECLINE_REASONS))
    .required()
    .messages({ '*': 'Choisissez une raison.' }),
  words: Joi.string()
    .trim()
    .max(WORDS_MAX)
    .empty('')
    .when('reason', { is: Joi.invalid('other'), otherwise: Joi.required() })
    .messages({
      'string.max': `Écrivez ${WORDS_MAX} caractères au plus.`,
      '*': 'Dites en une phrase pourquoi vous refusez.',
    }),
});

const declinePage = (sheet: ReferralSheet, typed: Record<string, unknown> = {}, errors: FieldErrors = {}) => {
  const form = {
    title: 'Refuser ce projet',
    help: 'Il repart aussitôt vers une personne qui choisit un autre partenaire. Votre raison l’aide à bien choisir.',
    action: paths.decline(sheet.referral.id),
    button: 'Refuser ce projet',
    isDanger: true,
  };
  const fields = [fieldModel(REASON, typed, errors), fieldModel(WORDS, typed, errors)];
  return actPage(sheet, form, { fields, errors, version: typed['version'] });
};

/** Sending a project back, with a reason. */
export const declineScreen = (services: Pick<Services, 'declineReferral' | 'readReferral'>) => {
  const open = openAct(services, 'decline');
  return {
    async show(req: Request, res: Response): Promise<void> {
      await renderPage(res, 'advisor/act', declinePage(await open(req)));
    },

    async submit(req: Request, res: Response): Promise<void> {
      const id = String(req.params['id']);
      const form = parseForm(FORM, req.body);
      if (form.errors) {
        const page = declinePage(await open(req), form.typed, form.errors);
        return renderPage(res, 'advisor/act', page, { status: 422 });
      }
      const { version, reason, words } = form.values;
      await services.declineReferral({ id, version, by: accountOf(req.account) }, { reason, words: words ?? null });
      res.redirect(303, `${paths.referral(id)}?fait=refus`);
    },
  };
};
