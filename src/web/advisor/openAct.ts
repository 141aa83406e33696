import type { Request } from 'express';
import Joi from 'joi';
import { dayInWords } from '../../domain/calendar/words.js';
import { type Act, canAct, REFERRAL_STATES } from '../../domain/referrals/lifecycle.js';
import { Conflict } from '../../errors.js';
import type { ReferralSheet } from '../../services/readReferral.js';
import type { Services } from '../../services.js';
import { accountOf } from '../middleware/staffSession.js';

/** The version of the referral that the person saw: an act from an older one is refused. */
export const VERSION = Joi.number().integer().min(1).required();

/** Words that an act carries, at most. */
export const WORDS_MAX = 2000;

const TOO_LONG = `Écrivez ${WORDS_MAX} caractères au plus.`;

/** Free words that may be left out. */
export const WORDS = Joi.string().trim().empty('').max(WORDS_MAX).messages({ '*': TOO_LONG });

/** Free words that are needed; `missing` says what to write. */
export const neededWords = (missing: string): Joi.StringSchema =>
  Joi.string().trim().max(WORDS_MAX).required().messages({ 'string.max': TOO_LONG, '*': missing });

/** One code of a table; `missing` says what to choose. */
export const oneOf = (table: object, missing: string): Joi.StringSchema =>
  Joi.string()
    .valid(...Object.keys(table))
    .required()
    .messages({ '*': missing });

/** The codes of a table as the choices of a field. */
export const choicesOf = (table: Record<string, string>) =>
  Object.entries(table).map(([value, label]) => ({ value, label }));

/** How it ended, for who comes by an older link. */
const whoClosed = ({ events, people, referral }: ReferralSheet): string => {
  const closing = events.findLast(({ type, referral: id }) => type === 'closed' && id === referral.id);
  const who = closing?.actor.account && people.get(closing.actor.account)?.name;
  return closing && referral.outcome ? ` ${who || 'Une personne'} l’a clôturé ${dayInWords(closing.at)}.` : '';
};

/** Reads the referral of the address for a form that offers this act. Throws Conflict when it is not open any more. */
export const openAct =
  ({ readReferral }: Pick<Services, 'readReferral'>, act: Act) =>
  async (req: Request): Promise<ReferralSheet> => {
    const sheet = await readReferral(accountOf(req.account), String(req.params['id']));
    if (canAct(act, sheet.referral.state)) return sheet;
    const now = REFERRAL_STATES[sheet.referral.state].label.toLowerCase();
    throw new Conflict(`Ce projet est maintenant\u00a0: ${now}.${whoClosed(sheet)}`);
  };
