import type { Request, Response } from 'express';
import Joi from 'joi';
import { diffRulesets } from '../../../domain/routing/diffRulesets.js';
import { tableOf } from '../../../domain/routing/rulesetInWords.js';
import { paths } from '../../../paths.js';
import type { Services } from '../../../services.js';
import { errorSummary, type FieldWording, fieldModel } from '../../fieldModel.js';
import { accountOf } from '../../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../../parseForm.js';
import { renderPage } from '../../renderPage.js';
import { checksModel } from './checksModel.js';
import { SEEN } from './confirm.js';
import { changedInWords } from './conflict.js';
import { changesModel } from './difference.js';

const NOTE_MAX = 500;
const REASON_MAX = 300;
const FORM = Joi.object<{ draft: string; revision: number; note: string }>({
  ...SEEN,
  note: Joi.string()
    .trim()
    .max(NOTE_MAX)
    .required()
    .messages({ 'string.max': `Écrivez ${NOTE_MAX} caractères au plus.`, '*': 'Dites ce qui change, et pourquoi.' }),
}).pattern(
  /^reason-\d+$/,
  Joi.string()
    .allow('')
    .trim()
    .max(REASON_MAX)
    .messages({ '*': `Écrivez ${REASON_MAX} caractères au plus.` }),
);

export const NOTE: FieldWording = {
  kind: 'textarea',
  name: 'note',
  label: 'Ce qui change, et pourquoi',
  hint: 'Cette note reste dans l’historique des versions.',
  rows: 3,
  max: NOTE_MAX,
};

const reasonField = (index: number): FieldWording => ({
  kind: 'text',
  type: 'text',
  name: `reason-${index}`,
  label: 'Pourquoi publier quand même ?',
});

/** Publishing the draft: what changes, what the checks say, a note, and a reason for each warning that is passed over. */
export const publishScreen = ({
  checkDraft,
  publishDraft,
  readRules,
  territory,
}: Pick<Services, 'checkDraft' | 'publishDraft' | 'readRules' | 'territory'>) => {
  const page = async (
    [req, res]: [Request, Response],
    { typed = {}, errors = {}, warning = null }: { typed?: Typed; errors?: FieldErrors; warning?: string | null } = {},
  ): Promise<void> => {
    const reader = accountOf(req.account);
    const { active, draft: open } = await readRules(reader);
    if (!open) return res.redirect(303, `${paths.rules()}`);
    const { draft, checks } = await checkDraft(reader);
    const model = checksModel(checks, territory, (rule) => tableOf(draft.ruleset, rule) !== undefined);
    const warnings = model.levels.find(({ level }) => level === 'warning')?.findings ?? [];
    const changes = changesModel(diffRulesets(active.ruleset, draft.ruleset, territory));
    const status = warning ? 409 : Object.keys(errors).length > 0 ? 422 : 200;
    await renderPage(
      res,
      'manager/rules/publish',
      {
        title: 'Publier le brouillon',
        back: paths.rulesDraft(),
        action: paths.rulesPublish(),
        draft: draft.id,
        revision: draft.revision,
        warning,
        next: active.number + 1,
        isBehind: draft.basedOn !== active.number,
        inForce: active.number,
        changes,
        checks: model,
        blocking: model.levels.find(({ level }) => level === 'error')?.findings ?? [],
        warnings: warnings.map((finding, index) => ({
          ...finding,
          check: finding.id,
          field: fieldModel(reasonField(index), typed, errors),
        })),
        note: fieldModel(NOTE, typed, errors),
        mayPublish: checks.mayPublish && changes.length > 0,
        errors: errorSummary(errors, [...warnings.map((_, index) => `reason-${index}`), 'note']),
      },
      { status },
    );
  };

  return {
    show: (req: Request, res: Response): Promise<void> => page([req, res]),

    async submit(req: Request, res: Response): Promise<void> {
      const by = accountOf(req.account);
      const form = parseForm(FORM, req.body);
      if (!(await readRules(by)).draft) return res.redirect(303, paths.rules());
      const { checks } = await checkDraft(by);
      const warnings = checks.findings.filter(({ level }) => level === 'warning');
      if (form.errors) {
        const missing = missingReasons(form.typed, warnings.length);
        return page([req, res], { typed: form.typed, errors: { ...missing, ...form.errors } });
      }
      const typed = form.values as unknown as Record<string, string>;
      const overrides = warnings.map(({ id }, index) => ({ check: id, reason: typed[`reason-${index}`] ?? '' }));
      const outcome = await publishDraft(by, form.values, { note: typed['note'] ?? '', overrides });
      if (outcome.kind === 'published') return res.redirect(303, `${paths.rules()}?fait=publication`);
      const kept = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, String(value)]));
      if (outcome.kind === 'refused')
        return page([req, res], { typed: kept, errors: refusedErrors(outcome.missingReasons, overrides) });
      const warning = `${changedInWords(outcome)} Rien n’a été publié : relisez, puis recommencez.`.replace(
        ' :',
        '\u00a0:',
      );
      await page([req, res], { typed: kept, warning });
    },
  };
};

const MISSING_REASON = 'Dites pourquoi publier malgré cette alerte, ou corrigez-la.';

const missingReasons = (typed: Typed, count: number): FieldErrors =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => `reason-${index}`)
      .filter((name) => String(typed[name] ?? '').trim() === '')
      .map((name) => [name, MISSING_REASON]),
  );

/** Without any field to blame, the errors of the checks are what refuses; the page shows them on top. */
const refusedErrors = (missing: string[], overrides: { check: string }[]): FieldErrors => {
  const errors = overrides.flatMap(({ check }, index) =>
    missing.includes(check) ? [[`reason-${index}`, MISSING_REASON] as const] : [],
  );
  return errors.length > 0
    ? Object.fromEntries(errors)
    : { blocking: 'Corrigez d’abord ce qui empêche la publication.' };
};
