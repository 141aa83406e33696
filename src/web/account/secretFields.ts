import { PASSWORD_LENGTH } from '../../domain/accounts/passwordLength.js';
import { type FieldModel, type FieldWording, fieldModel } from '../fieldModel.js';
import type { FieldErrors } from '../parseForm.js';

interface Wording {
  name: string;
  label: string;
  hint?: string;
  autocomplete: 'current-password' | 'new-password' | 'one-time-code' | 'off';
}

const wordingOf = (wording: Wording): FieldWording => ({ kind: 'text', type: 'text', ...wording });

/** A password: never shown again, unlike what is typed elsewhere. */
const passwordField = (wording: Wording, errors: FieldErrors): FieldModel => ({
  ...fieldModel(wordingOf(wording), {}, errors),
  type: 'password',
});

export const currentPassword = (name: string, label: string, errors: FieldErrors): FieldModel =>
  passwordField({ name, label, autocomplete: 'current-password' }, errors);

export const newPassword = (errors: FieldErrors): FieldModel =>
  passwordField(
    {
      name: 'password',
      label: 'Nouveau mot de passe',
      hint: `Au moins ${PASSWORD_LENGTH.shortest}\u00a0caractères. Quelques mots qui ne vont pas ensemble conviennent, avec les espaces.`,
      autocomplete: 'new-password',
    },
    errors,
  );

/** The six figures that the telephone shows: a keyboard of figures where there is one. Not shown again: it is over. */
export const timeCode = ({ name = 'code', label = 'Code à six chiffres' }, errors: FieldErrors): FieldModel => ({
  ...fieldModel(
    wordingOf({ name, label, hint: 'Par exemple 123\u00a0456.', autocomplete: 'one-time-code' }),
    {},
    errors,
  ),
  inputmode: 'numeric',
});

/** A code of the telephone, or one of those kept for when it is lost. */
export const anyCode = (wording: { name: string; label: string; hint: string }, errors: FieldErrors): FieldModel =>
  fieldModel(wordingOf({ ...wording, autocomplete: 'off' }), {}, errors);
