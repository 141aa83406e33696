import type { Request } from 'express';
import Joi from 'joi';
import { type Act, canAct, REFERRAL_STATES } from '../../domain/referrals/lifecycle.js';
import { Conflict } from '../../errors.js';
import { paths } from '../../paths.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import type { Services } from '../../services.js';
import { errorSummary, type FieldModel } from '../fieldModel.js';
import { titleOf } from '../holderSaid.js';
import { accountOf } from '../middleware/staffSession.js';
import type { FieldErrors } from '../parseForm.js';
import type { PageModel } from '../renderPage.js';

/** The version of the referral that the person saw: an act from an older one is refused. */
export const VERSION = Joi.number().integer().min(1).required();

/** Words that an act carries, at most. */
export const WORDS_MAX = 2000;

/** Reads the referral of the address for a form that offers this act. Throws Conflict when it is not open any more. */
export const openAct =
  ({ readReferral }: Pick<Services, 'readReferral'>, act: Act) =>
  async (req: Request): Promise<ReferralSheet> => {
    const sheet = await readReferral(accountOf(req.account), String(req.params['id']));
    if (canAct(act, sheet.referral.state)) return sheet;
    throw new Conflict(`Ce projet est maintenant : ${REFERRAL_STATES[sheet.referral.state].label.toLowerCase()}.`);
  };

/** What the form of every act shows around its fields. */
export const actPage = (
  { referral, project }: ReferralSheet,
  form: { title: string; help: string; action: string; button: string; isDanger?: boolean },
  { fields, errors = {}, version }: { fields: FieldModel[]; errors?: FieldErrors; version?: unknown },
): PageModel => ({
  ...form,
  isDanger: form.isDanger ?? false,
  back: paths.referral(referral.id),
  project: titleOf(project),
  version: String(version ?? referral.version),
  fields,
  errors: errorSummary(
    errors,
    fields.map(({ name }) => name),
  ),
});
