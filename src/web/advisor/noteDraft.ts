import type { Request, Response } from 'express';
import Joi from 'joi';
import { type DraftForm, isDraftForm } from '../../domain/referrals/draftForm.js';
import { NotFound } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';
import { parseForm, type Typed } from '../parseForm.js';
import { formAddress } from './formAddress.js';

/** Of the form itself: nothing that a person typed. */
const NOT_TYPED = ['_csrf', 'version', 'once'];
const ANYTHING = Joi.object<Typed>().pattern(Joi.string(), Joi.any());

/** What a person typed in a form, cleaned. */
export const keptValues = (body: unknown): Typed => {
  const { values = {} } = parseForm(ANYTHING, body);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !NOT_TYPED.includes(name)));
};

const isOnSheet = (form: DraftForm): boolean => form === 'note' || form === 'message';

/** Where the person goes on writing, told that it is kept. */
const goesOnAt = (form: DraftForm, id: string): string =>
  isOnSheet(form) ? `${paths.referral(id)}?fait=brouillon#${form}` : formAddress(form, id);

const formOf = (req: Request): DraftForm => {
  const form = String(req.query['formulaire'] ?? '');
  if (!isDraftForm(form)) throw new NotFound();
  return form;
};

/**
 * Keeping a form half filled in: its button without JavaScript, public/js/drafts.js while one types (it asks for JSON, and
 * is answered by a status alone).
 */
export const noteDraftScreen = ({ saveNoteDraft }: Pick<Services, 'saveNoteDraft'>) => ({
  /** Reached after signing in again. */
  show(req: Request, res: Response): void {
    res.redirect(303, goesOnAt(formOf(req), String(req.params['id'])));
  },

  async submit(req: Request, res: Response): Promise<void> {
    const id = String(req.params['id']);
    const form = formOf(req);
    await saveNoteDraft(accountOf(req.account), { referral: id, form, values: keptValues(req.body) });
    if (req.accepts(['html', 'json']) === 'json') res.status(204).end();
    else res.redirect(303, goesOnAt(form, id));
  },
});
