import type { Collection } from './collections.js';
import { CommandError, notServed } from './errors.js';
import { compileFilter, type Matcher } from './match.js';
import { type Doc, isDoc } from './values.js';

const LEVELS = ['off', 'strict', 'moderate'];
const ACTIONS = ['error', 'warn'];

/** Reads what a collection's documents must match, from create or collMod. Errors: CommandError. */
export function readValidation({ validator, validationLevel: level, validationAction: action }: Doc): Doc {
  if (validator !== undefined) {
    if (!isDoc(validator)) throw new CommandError(14, 'validator must be a document');
    if (Object.hasOwn(validator, '$jsonSchema')) throw notServed('The validator $jsonSchema');
    compileFilter(validator);
  }
  if (level !== undefined && !LEVELS.includes(String(level)))
    throw new CommandError(2, `Enumeration value '${String(level)}' for field 'validationLevel' is not a valid value.`);
  if (action !== undefined && !ACTIONS.includes(String(action)))
    throw new CommandError(
      2,
      `Enumeration value '${String(action)}' for field 'validationAction' is not a valid value.`,
    );
  return {
    ...(validator !== undefined && { validator }),
    ...(level !== undefined && { validationLevel: level }),
    ...(action !== undefined && { validationAction: action }),
  };
}

const compiled = new WeakMap<Doc, Matcher>();

/**
 * Errors: CommandError 121 when a document does not match what its collection asks.
 * @param before the document that it takes the place of; one that did not match either may go on so, on the level moderate
 */
export function refuseInvalid({ options }: Collection, doc: Doc, before: Doc | null): void {
  const { validator, validationLevel = 'strict', validationAction = 'error' } = options;
  if (!isDoc(validator) || validationLevel === 'off' || validationAction === 'warn') return;
  const matches = compiled.get(validator) ?? compileFilter(validator);
  compiled.set(validator, matches);
  if (matches(doc) || (validationLevel === 'moderate' && before !== null && !matches(before))) return;
  const details = { operatorName: 'validator', specifiedAs: validator, reason: 'the document did not match' };
  throw new CommandError(121, 'Document failed validation', { errInfo: { failingDocumentId: doc['_id'], details } });
}
