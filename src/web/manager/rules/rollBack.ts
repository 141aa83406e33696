import type { Request, Response } from 'express';
import Joi from 'joi';
import { Conflict, Invalid } from '../../../errors.js';
import { paths } from '../../../paths.js';
import type { Services } from '../../../services.js';
import { errorSummary, fieldModel } from '../../fieldModel.js';
import { accountOf } from '../../middleware/staffSession.js';
import { type FieldErrors, parseForm, type Typed } from '../../parseForm.js';
import { renderPage } from '../../renderPage.js';
import { changesModel } from './difference.js';
import { NOTE } from './publish.js';
import { numberOf } from './version.js';

const FORM = Joi.object<{ note: string; inForce: number }>({
  inForce: Joi.number().integer().required(),
  note: Joi.string().trim().max(500).required().messages({
    'string.max': 'Écrivez 500 caractères au plus.',
    '*': 'Dites pourquoi cette version revient.',
  }),
});

/** Publishing a version of the past again, as a new one: asked for on a page that says what it changes. */
export const rollBackScreen = ({
  diffVersions,
  readRules,
  readVersion,
  rollBack,
}: Pick<Services, 'diffVersions' | 'readRules' | 'readVersion' | 'rollBack'>) => {
  const page = async (
    [req, res]: [Request, Response],
    { typed = {}, errors = {}, warning = null }: { typed?: Typed; errors?: FieldErrors; warning?: string | null } = {},
  ): Promise<void> => {
    const reader = accountOf(req.account);
    const { number } = await readVersion(reader, numberOf(req.params['number']));
    const { active } = await readRules(reader);
    const model = {
      title: `Publier de nouveau la version ${number}`,
      help: `Elle redevient la version en vigueur, sous le numéro ${active.number + 1}. Rien n’est effacé, et le brouillon reste s’il y en a un.`,
      back: paths.rulesVersion(number),
      action: paths.rulesRollBack(number),
      inForce: active.number,
      warning,
      field: fieldModel({ ...NOTE, label: 'Pourquoi revenir à cette version ?' } as typeof NOTE, typed, errors),
      changes: changesModel(await diffVersions(reader, active.number, number)),
      errors: errorSummary(errors, ['note']),
    };
    const status = warning ? 409 : Object.keys(errors).length > 0 ? 422 : 200;
    await renderPage(res, 'manager/rules/rollBack', model, { status });
  };
  return {
    show: (req: Request, res: Response): Promise<void> => page([req, res]),

    async submit(req: Request, res: Response): Promise<void> {
      const form = parseForm(FORM, req.body);
      if (form.errors) return page([req, res], form);
      const by = accountOf(req.account);
      const { note, inForce } = form.values;
      const { active } = await readRules(by);
      if (active.number !== inForce) {
        const warning = `La version ${active.number} vient d’être publiée. Regardez ce qui change maintenant, puis confirmez.`;
        return page([req, res], { typed: { note }, warning });
      }
      try {
        await rollBack(by, numberOf(req.params['number']), note);
      } catch (error) {
        // Shown on the page that holds the note, so that it is not typed again.
        if (!(error instanceof Conflict || error instanceof Invalid)) throw error;
        return page([req, res], { typed: { note }, warning: error.message });
      }
      res.redirect(303, `${paths.rules()}?fait=publication`);
    },
  };
};
