import type { Request, Response } from 'express';
import Joi from 'joi';
import { IDENTITY_CHECKS, type IdentityCheck } from '../../domain/referrals/erasure.js';
import type { Project } from '../../domain/referrals/referral.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { asFile } from '../public/followUpData.js';
import { type PageModel, renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'dataOnRequest' | 'eraseOnRequest' | 'readDataRequest'>;

const FORM = Joi.object<{ identity: IdentityCheck }>({
  identity: Joi.string()
    .valid(...Object.keys(IDENTITY_CHECKS))
    .required()
    .messages({ '*': 'Choisissez comment vous avez vérifié qui demande.' }),
});

const FIELDS: FieldWording[] = [
  {
    kind: 'radios',
    name: 'identity',
    label: 'Comment avez-vous vérifié qui demande\u00a0?',
    hint: 'Votre choix reste dans l’histoire du projet. Ne gardez aucune copie d’une pièce d’identité.',
    groups: [{ choices: Object.entries(IDENTITY_CHECKS).map(([value, label]) => ({ value, label })) }],
  },
];

const erasePage = (
  { id, facts, reference, contact }: Project,
  { typed = {}, errors = {} }: { typed?: Typed; errors?: FieldErrors } = {},
): PageModel => ({
  title: 'Effacer les données de la personne',
  project: facts.title,
  reference,
  back: paths.projectSheet(id),
  data: paths.projectData(id),
  action: paths.eraseFor(id),
  isTold: contact.email !== null,
  fields: FIELDS.map((field) => fieldModel(field, typed, errors)),
  errors: errorSummary(
    errors,
    FIELDS.map(({ name }) => name),
  ),
});

/** A copy of their data, or their erasure, for holders who ask by telephone or by letter. */
export const dataRequestScreen = ({ dataOnRequest, eraseOnRequest, readDataRequest }: Uses) => {
  const idOf = (req: Request): string => String(req.params['id']);
  const toSheet = (req: Request, res: Response, done = ''): void =>
    res.redirect(303, paths.projectSheet(idOf(req)) + done);

  return {
    /** Of an erased project there is nothing to give: its sheet says so. */
    async download(req: Request, res: Response): Promise<void> {
      const data = await dataOnRequest(accountOf(req.account), idOf(req));
      if (!data) return toSheet(req, res);
      res.attachment(`projet-${data.project.reference}.json`);
      res.type('json').send(`${JSON.stringify(asFile(data), null, 2)}\n`);
    },

    async show(req: Request, res: Response): Promise<void> {
      const own = await readDataRequest(accountOf(req.account), idOf(req));
      if (!own) return toSheet(req, res);
      await renderPage(res, 'manager/eraseFor', erasePage(own.project));
    },

    /** Asked for twice, it is done once: the sheet says that it is. */
    async submit(req: Request, res: Response): Promise<void> {
      const by = accountOf(req.account);
      const own = await readDataRequest(by, idOf(req));
      if (!own) return toSheet(req, res);
      const form = parseForm(FORM, req.body);
      if (form.errors) return renderPage(res, 'manager/eraseFor', erasePage(own.project, form), { status: 422 });
      await eraseOnRequest(by, own.project.id, form.values.identity);
      toSheet(req, res, '?fait=efface');
    },
  };
};
