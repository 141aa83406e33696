import type { Request, Response } from 'express';
import Joi from 'joi';
import { TRIAGE_CLOSE_REASONS, type TriageCloseReason } from '../../domain/referrals/lifecycle.js';
import { Conflict } from '../../errors.js';
import { paths } from '../../paths.js';
import type { ProjectSheet } from '../../services/triage.js';
import type { Services } from '../../services.js';
import { WORDS_MAX } from '../advisor/openAct.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { parseForm } from '../parseForm.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { openInTriage } from './sendTo.js';

const FORM = Joi.object<{ reason: TriageCloseReason; words: string }>({
  reason: Joi.string()
    .valid(...Object.keys(TRIAGE_CLOSE_REASONS))
    .required()
    .messages({ '*': 'Choisissez une raison.' }),
  words: Joi.string()
    .trim()
    .max(WORDS_MAX)
    .required()
    .messages({ 'string.max': `Écrivez ${WORDS_MAX} caractères au plus.`, '*': 'Écrivez à la personne.' }),
});

const FIELDS: FieldWording[] = [
  {
    kind: 'radios',
    name: 'reason',
    label: 'Pourquoi ?',
    hint: 'La raison est comptée. La personne ne la lit pas.',
    groups: [{ choices: Object.entries(TRIAGE_CLOSE_REASONS).map(([value, label]) => ({ value, label })) }],
  },
  {
    kind: 'textarea',
    name: 'words',
    label: 'Votre message à la personne',
    hint: 'Elle le lit tel quel, par e-mail et sur sa page de suivi. Dites vers qui aller maintenant.',
    rows: 5,
    max: WORDS_MAX,
  },
];

const closePage = (
  { project }: ProjectSheet,
  { typed = {}, errors = {} }: { typed?: Record<string, unknown>; errors?: Record<string, string> } = {},
): PageModel => ({
  title: 'Clore sans partenaire',
  project: project.facts.title,
  back: paths.projectSheet(project.id),
  action: paths.closeProject(project.id),
  fields: FIELDS.map((field) => fieldModel(field, typed, errors)),
  errors: errorSummary(
    errors,
    FIELDS.map(({ name }) => name),
  ),
});

/** Ending a project that no partner can have, with a reason and words for its holder. */
export const closeProjectScreen = ({ closeInTriage, readProject }: Pick<Services, 'closeInTriage' | 'readProject'>) => {
  const open = async (req: Request): Promise<ProjectSheet> => {
    const sheet = await openInTriage({ readProject })(req);
    if (sheet.project.state !== 'closed') return sheet;
    throw new Conflict('Ce projet est déjà clos.');
  };
  return {
    async show(req: Request, res: Response): Promise<void> {
      await renderPage(res, 'manager/closeProject', closePage(await open(req)));
    },

    async submit(req: Request, res: Response): Promise<void> {
      const id = String(req.params['id']);
      const form = parseForm(FORM, req.body);
      if (form.errors)
        return renderPage(res, 'manager/closeProject', closePage(await open(req), form), { status: 422 });
      await closeInTriage(accountOf(req.account), id, form.values);
      res.redirect(303, `${paths.projectSheet(id)}?fait=cloture`);
    },
  };
};
