import type { Request, Response } from 'express';
import Joi from 'joi';
import { monthsInWords, monthsProblem, type NamedPeriod } from '../../domain/statistics/period.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { errorSummary } from '../fieldModel.js';
import { accountOf } from '../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../parseForm.js';
import { renderPage } from '../renderPage.js';

type Uses = Pick<Services, 'listPeriods' | 'namePeriod' | 'removePeriod'>;

const LONGEST_NAME = 60;

const FORM = Joi.object<Omit<NamedPeriod, 'id'>>({
  label: Joi.string()
    .trim()
    .max(LONGEST_NAME)
    .pattern(/[\p{L}\p{N}]/u)
    .required()
    .messages({
      'string.max': `Donnez un nom de ${LONGEST_NAME} caractères au plus.`,
      '*': 'Donnez un nom à cette période, avec des lettres ou des chiffres.',
    }),
  from: Joi.string()
    .pattern(/^20\d\d-(0[1-9]|1[0-2])$/)
    .required()
    .messages({ '*': 'Choisissez le premier mois.' }),
  to: Joi.string()
    .pattern(/^20\d\d-(0[1-9]|1[0-2])$/)
    .required()
    .messages({ '*': 'Choisissez le dernier mois.' }),
});

const WRONG_MONTHS = {
  missing: 'Choisissez le dernier mois.',
  reversed: 'Le dernier mois vient avant le premier. Changez l’un des deux.',
  'too long': 'Choisissez deux mois que dix ans au plus séparent.',
} as const;

const FIELDS = [
  {
    name: 'label',
    label: 'Nom de la période',
    hint: 'Par exemple «\u00a0Convention, 1re année\u00a0». Tout le monde le lit dans le choix des périodes.',
    type: 'text',
  },
  { name: 'from', label: 'Premier mois', hint: null, type: 'month' },
  { name: 'to', label: 'Dernier mois (inclus)', hint: null, type: 'month' },
];

const fieldsOf = (typed: Typed, errors: FieldErrors) =>
  FIELDS.map((field) => {
    const error = errors[field.name] ?? null;
    const about = [field.hint && `${field.name}-hint`, error && `${field.name}-error`].filter(Boolean).join(' ');
    return { ...field, id: field.name, value: String(typed[field.name] ?? ''), error, about: about || null };
  });

/** Periods that managers name, such as the years of the convention, to come back to. */
export const periodsScreen = ({ listPeriods, namePeriod, removePeriod }: Uses) => {
  const render = async (req: Request, res: Response, typed: Typed = {}, errors: FieldErrors = {}): Promise<void> => {
    const periods = await listPeriods(accountOf(req.account));
    const done = { ajoute: 'La période est dans la liste.', retire: 'La période n’est plus dans la liste.' };
    const notice = Object.entries(done).find(([name]) => req.query['fait'] === name)?.[1] ?? null;
    const model = {
      title: 'Périodes nommées',
      notice,
      periods: periods.map(({ id, label, from, to }) => ({
        label,
        months: monthsInWords(from, to),
        figures: `${paths.figures()}?periode=p-${id}`,
        remove: paths.removePeriod(id),
      })),
      action: paths.periods(),
      fields: fieldsOf(typed, errors),
      errors: errorSummary(
        errors,
        FIELDS.map(({ name }) => name),
      ),
    };
    await renderPage(res, 'manager/periods', model, { status: Object.keys(errors).length > 0 ? 422 : 200 });
  };

  return {
    show: (req: Request, res: Response): Promise<void> => render(req, res),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(FORM, req.body);
      if (form.errors) return render(req, res, form.typed, form.errors);
      const { label, from, to } = form.values;
      const problem = monthsProblem({ du: from, au: to });
      if (problem) return render(req, res, { label, from, to }, { to: WRONG_MONTHS[problem] });
      await namePeriod(accountOf(req.account), form.values);
      res.redirect(303, `${paths.periods()}?fait=ajoute`);
    },

    async remove(req: Request, res: Response): Promise<void> {
      await removePeriod(accountOf(req.account), String(req.params['id']));
      res.redirect(303, `${paths.periods()}?fait=retire`);
    },
  };
};
