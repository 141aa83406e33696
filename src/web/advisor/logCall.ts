import Joi from 'joi';
import { CALL_RESULTS, type CallResult } from '../../domain/referrals/lifecycle.js';
import type { Services } from '../../services.js';
import type { FieldWording } from '../fieldModel.js';
import { type ActForm, actScreen } from './actScreen.js';
import { choicesOf, oneOf, VERSION, WORDS, WORDS_MAX } from './openAct.js';

const FIELDS: FieldWording[] = [
  { kind: 'radios', name: 'result', label: 'Qu’a donné l’appel ?', groups: [{ choices: choicesOf(CALL_RESULTS) }] },
  {
    kind: 'textarea',
    name: 'words',
    label: 'Ce qui s’est dit',
    hint: 'Votre équipe seule le lit.',
    optional: true,
    rows: 3,
    max: WORDS_MAX,
  },
];

interface Values {
  result: CallResult;
  words?: string;
}
const FORM = Joi.object<Values & { version: number }>({
  version: VERSION,
  result: oneOf(CALL_RESULTS, 'Dites ce que l’appel a donné.'),
  words: WORDS,
});

/** Noting a call, or an attempt. */
export const logCallScreen = (services: Services) => {
  const form: ActForm<Values> = {
    act: 'logCall',
    done: 'appel',
    schema: FORM,
    page: ({ project }) => ({
      title: 'Noter un appel',
      help: project.contact.phone
        ? `${project.contact.name} : ${project.contact.phone}. Un appel sans réponse compte comme un essai.`
        : 'Un appel sans réponse compte comme un essai.',
      button: 'Noter cet appel',
      fields: FIELDS,
    }),
    send: (seen, { result, words }) => services.logCall(seen, { result, words: words ?? null }),
  };
  return actScreen(services, form);
};
