import Joi from 'joi';
import type { Account } from '../../../domain/referrals/access.js';
import { KEEP_REASONS, SEND_REASONS } from '../../../domain/referrals/lifecycle.js';
import type { RoutingDecision } from '../../../domain/routing/decision.js';
import type { Territory } from '../../../domain/territory/territory.js';
import type { FieldWording } from '../../fieldModel.js';
import { partnerInWords } from '../../projectWords.js';

const WORDS_MAX = 500;

export interface Instead {
  partner: string | null;
  reason: string;
  words: string;
}

/** Advisors and leads keep the project; managers choose its partner. */
export const insteadForm = (isManager: boolean): Joi.ObjectSchema<Instead> =>
  Joi.object({
    partner: isManager
      ? Joi.string().max(100).required().messages({ '*': 'Choisissez un partenaire.' })
      : Joi.any()
          .custom(() => null)
          .default(null),
    reason: Joi.string()
      .valid(...Object.keys(isManager ? SEND_REASONS : KEEP_REASONS))
      .required()
      .messages({ '*': 'Choisissez une raison.' }),
    words: Joi.string()
      .trim()
      .max(WORDS_MAX)
      .empty('')
      .default('')
      .when('reason', { is: Joi.invalid('other'), otherwise: Joi.required() })
      .messages({ 'string.max': `Écrivez ${WORDS_MAX} caractères au plus.`, '*': 'Écrivez la raison en une phrase.' }),
  });

const reasonField = (reasons: Record<string, string>): FieldWording => ({
  kind: 'radios',
  name: 'reason',
  label: 'Pourquoi\u00a0?',
  hint: 'Votre raison aide à améliorer les règles.',
  groups: [{ choices: Object.entries(reasons).map(([value, label]) => ({ value, label })) }],
});

const WORDS: FieldWording = {
  kind: 'textarea',
  name: 'words',
  label: 'En une phrase',
  hint: 'Pour vos collègues et le pilotage, jamais pour la personne.',
  optional: true,
  rows: 2,
  max: WORDS_MAX,
};

/** Those that the decision looked at first, then the others. */
const partnerField = (
  { main, others }: RoutingDecision,
  { partners }: Territory,
  territory: Territory,
): FieldWording => {
  const considered = [main, ...others.map(({ partner }) => partner)];
  const rank = (id: string): number => (considered.includes(id) ? considered.indexOf(id) : considered.length);
  const open = partners.filter(({ role, id }) => role !== 'inactive' && id !== main);
  const sorted = open.sort((a, b) => rank(a.id) - rank(b.id) || a.name.localeCompare(b.name, 'fr'));
  return {
    kind: 'select',
    name: 'partner',
    label: 'À quel partenaire\u00a0?',
    groups: [{ choices: sorted.map(({ id }) => ({ value: id, label: partnerInWords(id, territory) })) }],
  };
};

/** What is asked of who does otherwise than the rules. */
export const insteadFields = (by: Account, decision: RoutingDecision, territory: Territory): FieldWording[] =>
  by.role === 'manager'
    ? [partnerField(decision, territory, territory), reasonField(SEND_REASONS), WORDS]
    : [reasonField(KEEP_REASONS), WORDS];
