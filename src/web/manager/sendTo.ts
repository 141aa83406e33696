import type { Request, Response } from 'express';
import Joi from 'joi';
import { SEND_REASONS, type SendReason } from '../../domain/referrals/lifecycle.js';
import type { Partner, Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';
import { Conflict } from '../../errors.js';
import { paths } from '../../paths.js';
import type { ProjectSheet } from '../../services/triage.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm } from '../parseForm.js';
import { partnerInWords } from '../projectWords.js';
import { type PageModel, renderPage } from '../renderPage.js';
import { canSend } from './project.js';

/** The choice that means "one of the long list below". */
const OTHER = 'other';

const FORM = Joi.object<{ partner: string; otherPartner?: string; reason: SendReason }>({
  partner: Joi.string().max(100).required().messages({ '*': 'Choisissez un partenaire.' }),
  otherPartner: Joi.string()
    .empty('')
    .max(100)
    .when('partner', { is: Joi.invalid(OTHER), otherwise: Joi.required() })
    .messages({ '*': 'Choisissez un partenaire dans la liste.' }),
  reason: Joi.string()
    .valid(...Object.keys(SEND_REASONS))
    .required()
    .messages({ '*': 'Choisissez une raison.' }),
});

/** Whoever chooses a partner in the list and leaves the radios alone has said enough: it is another one. */
const heard = (body: { partner?: unknown; otherPartner?: unknown } = {}) =>
  !body.partner && body.otherPartner ? { ...body, partner: OTHER } : body;

const REASON: FieldWording = {
  kind: 'radios',
  name: 'reason',
  label: 'Pourquoi ce choix ?',
  hint: 'Votre raison aide à améliorer les règles.',
  groups: [{ choices: Object.entries(SEND_REASONS).map(([value, label]) => ({ value, label })) }],
};

/** Partners that the rules looked at come first, with what they had to say, who declined last; the others are in a list. */
const partnerFields = ({ project, referrals, candidates }: ProjectSheet, territory: Territory): FieldWording[] => {
  const declined = referrals.filter(({ state }) => state === 'declined').map(({ partner }) => partner);
  const { others, associated, main } = project.decision;
  const considered = new Set([main, ...others.map(({ partner }) => partner), ...associated]);
  const hintOf = (id: string): { hint?: string } => {
    const why = others.find(({ partner }) => partner === id)?.why;
    if (declined.includes(id)) return { hint: 'A refusé ce projet.' };
    return why ? { hint: frenchTypography(why) } : {};
  };
  const choice = (id: string) => ({ value: id, label: partnerInWords(id, territory) });
  const isLast = ({ id }: Partner): number => Number(declined.includes(id));
  const first = candidates
    .filter(({ id, role }) => considered.has(id) || role === 'desk')
    .sort((a, b) => isLast(a) - isLast(b));
  const rest = candidates.filter((partner) => !first.includes(partner));
  return [
    {
      kind: 'radios',
      name: 'partner',
      label: 'À quel partenaire ?',
      groups: [
        { choices: first.map(({ id }) => ({ ...choice(id), ...hintOf(id) })) },
        { choices: [{ value: OTHER, label: 'Un autre partenaire' }] },
      ],
    },
    {
      kind: 'select',
      name: 'otherPartner',
      label: 'Si c’est un autre, lequel ?',
      groups: [{ choices: rest.map(({ id }) => choice(id)) }],
    },
  ];
};

const sendToPage = (
  sheet: ProjectSheet,
  territory: Territory,
  { typed = {}, errors = {} }: { typed?: Record<string, unknown>; errors?: FieldErrors } = {},
): PageModel => {
  const fields = [...partnerFields(sheet, territory), REASON];
  return {
    title: 'Envoyer à un partenaire',
    project: sheet.project.facts.title,
    back: paths.projectSheet(sheet.project.id),
    action: paths.sendTo(sheet.project.id),
    fields: fields.map((field) => fieldModel(field, typed, errors)),
    errors: errorSummary(
      errors,
      fields.map(({ name }) => name),
    ),
  };
};

/** Choosing the partner of a project that no rule could send, or that a partner declined. */
export const sendToScreen = ({
  readProject,
  sendToPartner,
  territory,
}: Pick<Services, 'readProject' | 'sendToPartner' | 'territory'>) => {
  const open = async (req: Request): Promise<ProjectSheet> => {
    const sheet = await readProject(accountOf(req.account), String(req.params['id']));
    if (canSend(sheet.project.state)) return sheet;
    throw new Conflict('Ce projet est déjà chez un partenaire.');
  };
  return {
    async show(req: Request, res: Response): Promise<void> {
      await renderPage(res, 'manager/sendTo', sendToPage(await open(req), territory));
    },

    async submit(req: Request, res: Response): Promise<void> {
      const id = String(req.params['id']);
      const form = parseForm(FORM, heard(req.body));
      if (form.errors) {
        return renderPage(res, 'manager/sendTo', sendToPage(await open(req), territory, form), { status: 422 });
      }
      const { partner, otherPartner, reason } = form.values;
      const chosen = partner === OTHER ? (otherPartner ?? '') : partner;
      await sendToPartner(accountOf(req.account), id, { partner: chosen, reason });
      res.redirect(303, `${paths.projectSheet(id)}?fait=envoi`);
    },
  };
};
