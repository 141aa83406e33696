import type { RulesetFault } from '../../../domain/routing/validateRuleset.js';
import { capital } from '../../../domain/territory/typography.js';
import type { FieldErrors } from '../../parseForm.js';
import { ROOT } from './conditionForm.js';
import type { RuleTyped } from './ruleForm.js';

/** The field of the form that each part of a rule is typed in. */
const FIELDS: Record<string, string> = {
  label: 'label',
  sentence: 'sentence',
  weight: 'weight',
  role: 'role',
  to: 'to',
};

/** What the validation refused, beside the fields of the form; what is deep in the condition, beside its end. */
export const faultsByField = (faults: RulesetFault[], { typed }: Pick<RuleTyped, 'typed'>): FieldErrors =>
  Object.fromEntries(
    faults.map(({ path, message }) => {
      const part = /^\w*/.exec(path)?.[0] ?? '';
      const field = FIELDS[part] ?? (part in typed ? part : `add-${ROOT}`);
      return [field, `${capital(message)}.`];
    }),
  );
