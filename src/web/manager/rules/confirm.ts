import type { Request, Response } from 'express';
import Joi from 'joi';
import { tableOf } from '../../../domain/routing/rulesetInWords.js';
import { frenchTypography } from '../../../domain/territory/typography.js';
import { NotFound } from '../../../errors.js';
import { paths } from '../../../paths.js';
import type { Services } from '../../../services.js';
import { accountOf } from '../../middleware/staffSession.js';
import { parseForm } from '../../parseForm.js';
import { renderPage } from '../../renderPage.js';
import { changedInWords } from './conflict.js';

/** The revision of the draft that the manager saw: an act on another one is refused. */
export const SEEN = { draft: Joi.string().required(), revision: Joi.number().integer().required() };
const FORM = Joi.object<{ draft: string; revision: number }>(SEEN);

interface Question {
  title: string;
  help: string;
  action: string;
  button: string;
}

/** Asks before what cannot be taken back, with the draft as it is now; `warning` says why it did not happen at once. */
const ask = async (
  services: Pick<Services, 'readRules'>,
  [req, res]: [Request, Response],
  question: (rules: Awaited<ReturnType<Services['readRules']>>) => Question,
  warning: string | null = null,
): Promise<void> => {
  const sheet = await services.readRules(accountOf(req.account));
  if (!sheet.draft) return res.redirect(303, paths.rules());
  const { id: draft, revision } = sheet.draft;
  const page = { ...question(sheet), draft, revision, warning, back: paths.rulesDraft() };
  await renderPage(res, 'manager/rules/confirm', page, { status: warning ? 409 : 200 });
};

/** Throwing the draft away. */
export const discardScreen = (services: Pick<Services, 'discardDraft' | 'readRules'>) => {
  const question = (): Question => ({
    title: 'Abandonner le brouillon',
    help: 'Toutes ses modifications sont perdues, pour vous et pour les autres. Les règles en vigueur ne changent pas.',
    action: paths.rulesDiscard(),
    button: 'Abandonner le brouillon',
  });
  return {
    show: (req: Request, res: Response): Promise<void> => ask(services, [req, res], question),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(FORM, req.body);
      if (form.errors) return ask(services, [req, res], question);
      const outcome = await services.discardDraft(accountOf(req.account), form.values);
      if (outcome.kind === 'discarded') return res.redirect(303, `${paths.rules()}?fait=abandon`);
      await ask(services, [req, res], question, `${changedInWords(outcome)} Rien n’a été abandonné.`);
    },
  };
};

/** Taking a rule out of the draft. */
export const removeScreen = (services: Pick<Services, 'editDraft' | 'readRules'>) => {
  const questionOf =
    (rule: string) =>
    ({ draft }: Awaited<ReturnType<Services['readRules']>>): Question => {
      const table = draft && tableOf(draft.ruleset, rule);
      const row = table && draft.ruleset[table].find(({ id }) => id === rule);
      if (!row) throw new NotFound('Cette règle n’est pas dans le brouillon.');
      return {
        title: 'Retirer une règle',
        help: frenchTypography(
          `« ${row.label} » ne sera plus dans le brouillon. Les règles en vigueur ne changent pas tant qu’il n’est pas publié.`,
        ),
        action: paths.rulesRemove(rule),
        button: 'Retirer cette règle',
      };
    };
  return {
    show: (req: Request, res: Response): Promise<void> =>
      ask(services, [req, res], questionOf(String(req.params['rule']))),

    async submit(req: Request, res: Response): Promise<void> {
      const rule = String(req.params['rule']);
      const form = parseForm(FORM, req.body);
      if (form.errors) return ask(services, [req, res], questionOf(rule));
      const outcome = await services.editDraft(accountOf(req.account), form.values, { act: 'remove', rule });
      if (outcome.kind === 'saved') return res.redirect(303, `${paths.rulesDraft()}?fait=retrait`);
      const why = outcome.kind === 'changed' ? changedInWords(outcome) : `${outcome.faults[0]?.message}.`;
      await ask(services, [req, res], questionOf(rule), `${why} Rien n’a été retiré.`);
    },
  };
};
