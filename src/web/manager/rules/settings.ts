import type { Request, Response } from 'express';
import Joi from 'joi';
import type { Ruleset } from '../../../domain/routing/rule.js';
import { paths } from '../../../paths.js';
import type { Services } from '../../../services.js';
import { errorSummary, fieldModel } from '../../fieldModel.js';
import { accountOf } from '../../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../../parseForm.js';
import { renderPage } from '../../renderPage.js';
import { showLate } from './conflict.js';
import { settingRows } from './ruleRows.js';

type Settings = Ruleset['settings'];
type Form = Record<keyof Settings, number> & { draft: string; revision: number; begin?: string };

const amount = (most: number, isWhole = false) => {
  const message = `Écrivez un nombre${isWhole ? ' entier' : ''} de 0 à ${most}.`;
  const number = Joi.number().min(0).max(most).required().messages({ '*': message });
  return isWhole ? number.integer() : number;
};

const FORM = Joi.object<Form>({
  draft: Joi.string().allow('').required(),
  revision: Joi.number().integer().required(),
  begin: Joi.string(),
  triageBelow: amount(100),
  presumedPenalty: amount(100),
  tieMargin: amount(100),
  stagePenalty: amount(100),
  maxAssociated: amount(10, true),
});

const typedOf = (settings: Settings): Typed =>
  Object.fromEntries(
    settingRows(settings).map(({ name, isPercent }) => {
      const shown = isPercent ? Math.round(settings[name] * 1000) / 10 : settings[name];
      return [name, String(shown).replace('.', ',')];
    }),
  );

const pointed = (body: unknown): unknown =>
  Object.fromEntries(
    Object.entries((body ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d+,\d+$/.test(value.trim()) ? value.trim().replace(',', '.') : value,
    ]),
  );

const settingsOf = ({ triageBelow, presumedPenalty, tieMargin, stagePenalty, maxAssociated }: Form): Settings => ({
  triageBelow: triageBelow / 100,
  tieMargin,
  maxAssociated,
  presumedPenalty: presumedPenalty / 100,
  stagePenalty,
});

/** The few numbers that hold for all rules: when a person chooses, when two desks are tied. */
export const settingsScreen = ({
  editDraft,
  readRules,
  startDraft,
}: Pick<Services, 'editDraft' | 'readRules' | 'startDraft'>) => {
  const page = async (req: Request, res: Response, typed?: Typed, errors: FieldErrors = {}): Promise<void> => {
    const { draft, active } = await readRules(accountOf(req.account));
    if (!draft && !typed) return res.redirect(303, paths.rules());
    const rows = settingRows((draft ?? active).ruleset.settings);
    const values = typed ?? typedOf((draft ?? active).ruleset.settings);
    const fields = rows.map(({ name, question, isPercent }) => {
      const label = isPercent ? `${question}, en %` : question;
      return fieldModel({ kind: 'number', name, label }, values, errors);
    });
    const model = {
      title: 'Réglages du brouillon',
      draft: String(values['draft'] ?? draft?.id ?? ''),
      revision: String(values['revision'] ?? draft?.revision ?? 0),
      action: paths.rulesSettings(),
      back: paths.rulesDraft(),
      fields,
      errors: errorSummary(
        errors,
        rows.map(({ name }) => name),
      ),
    };
    await renderPage(res, 'manager/rules/settings', model, { status: typed ? 422 : 200 });
  };
  return {
    show: (req: Request, res: Response): Promise<void> => page(req, res),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(FORM, pointed(req.body));
      if (form.errors) return page(req, res, form.typed, form.errors);
      const by = accountOf(req.account);
      const settings = settingsOf(form.values);
      const begun = form.values.begin ? (await startDraft(by)).draft : null;
      const { draft, revision } = begun ? { draft: begun.id, revision: begun.revision } : form.values;
      const outcome = await editDraft(by, { draft, revision }, { act: 'settings', settings });
      if (outcome.kind === 'saved') return res.redirect(303, `${paths.rulesDraft()}?fait=reglages#reglages`);
      const typed = { ...typedOf(settings), draft, revision: String(revision) };
      if (outcome.kind === 'refused') return page(req, res, typed, { triageBelow: outcome.faults[0]?.message ?? '' });
      const now = outcome.draft && settingRows(outcome.draft.ruleset.settings);
      const rows = settingRows(settings).map(({ name, question, answer }) => ({
        what: question,
        typed: answer,
        now: now?.find((row) => row.name === name)?.answer ?? null,
      }));
      await showLate({ changed: outcome, action: paths.rulesSettings(), typed, rows, back: paths.rulesDraft() }, res);
    },
  };
};
