import type { Request, Response } from 'express';
import Joi from 'joi';
import { SEND_REASONS, type SendReason } from '../../domain/referrals/lifecycle.js';
import { canSend } from '../../domain/referrals/projectState.js';
import type { Territory } from '../../domain/territory/territory.js';
import { Conflict } from '../../errors.js';
import { paths } from '../../paths.js';
import type { ProjectSheet } from '../../services/triage.js';
import type { Services } from '../../services.js';
import {
  CHOSEN_PARTNER,
  type ChosenPartner,
  chosenPartner,
  heardPartner,
  OTHER_PARTNER,
  otherPartnerField,
} from '../chosenPartner.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { candidateModel } from './candidateModel.js';

const FORM = Joi.object<ChosenPartner & { reason: SendReason }>({
  ...CHOSEN_PARTNER,
  reason: Joi.string()
    .valid(...Object.keys(SEND_REASONS))
    .required()
    .messages({ '*': 'Choisissez une raison.' }),
});

const REASON: FieldWording = {
  kind: 'radios',
  name: 'reason',
  label: 'Pourquoi ce choix ?',
  hint: 'Votre raison aide à améliorer les règles.',
  groups: [{ choices: Object.entries(SEND_REASONS).map(([value, label]) => ({ value, label })) }],
};

interface Filled {
  typed?: Record<string, unknown>;
  errors?: FieldErrors;
}

/** Candidates side by side, the others in a list, and the reason: ready for views/manager/candidates.ejs. */
export const sendForm = (
  { project, referrals, compared, others }: ProjectSheet,
  territory: Territory,
  { typed = {}, errors = {} }: Filled = {},
) => {
  const chosen = String(typed['partner'] ?? '');
  return {
    action: paths.sendTo(project.id),
    error: errors['partner'] ?? null,
    candidates: compared.map((one) => candidateModel(one, { had: referrals, territory, chosen })),
    isOther: chosen === OTHER_PARTNER,
    fields: [otherPartnerField(others, territory), REASON].map((field) => fieldModel(field, typed, errors)),
  };
};

const sendToPage = (sheet: ProjectSheet, territory: Territory, filled: Filled = {}): PageModel => ({
  title: 'Envoyer à un partenaire',
  project: sheet.project.facts.title,
  back: paths.projectSheet(sheet.project.id),
  send: sendForm(sheet, territory, filled),
  errors: errorSummary(filled.errors ?? {}, ['partner', 'otherPartner', 'reason']),
});

/** Reads a project that waits for a manager. Throws Conflict when it is elsewhere. */
export const openInTriage =
  ({ readProject }: Pick<Services, 'readProject'>) =>
  async (req: Request): Promise<ProjectSheet> => {
    const sheet = await readProject(accountOf(req.account), String(req.params['id']));
    if (canSend(sheet.project) && !sheet.project.erasedAt) return sheet;
    throw new Conflict('Ce projet n’attend pas d’être orienté.');
  };

/** Choosing the partner of a project that no rule could send, or that a partner declined. */
export const sendToScreen = ({
  readProject,
  sendToPartner,
  territory,
}: Pick<Services, 'readProject' | 'sendToPartner' | 'territory'>) => {
  const open = openInTriage({ readProject });
  return {
    async show(req: Request, res: Response): Promise<void> {
      await renderPage(res, 'manager/sendTo', sendToPage(await open(req), territory));
    },

    async submit(req: Request, res: Response): Promise<void> {
      const id = String(req.params['id']);
      const form = parseForm(FORM, heardPartner(req.body));
      if (form.errors) {
        return renderPage(res, 'manager/sendTo', sendToPage(await open(req), territory, form), { status: 422 });
      }
      const { reason } = form.values;
      await sendToPartner(accountOf(req.account), id, { partner: chosenPartner(form.values), reason });
      res.redirect(303, `${paths.projectSheet(id)}?fait=envoi`);
    },
  };
};
