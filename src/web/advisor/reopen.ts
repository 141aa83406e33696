import Joi from 'joi';
import { REOPEN_REASONS, type ReopenReason } from '../../domain/referrals/lifecycle.js';
import type { Services } from '../../services.js';
import type { FieldWording } from '../fieldModel.js';
import { type ActForm, actScreen } from './actScreen.js';
import { choicesOf, oneOf, VERSION } from './openAct.js';

const FIELDS: FieldWording[] = [
  { kind: 'radios', name: 'reason', label: 'Pourquoi ?', groups: [{ choices: choicesOf(REOPEN_REASONS) }] },
];
const FORM = Joi.object<{ version: number; reason: ReopenReason }>({
  version: VERSION,
  reason: oneOf(REOPEN_REASONS, 'Choisissez une raison.'),
});

/** Taking up again what was closed. */
export const reopenScreen = (services: Services) => {
  const form: ActForm<{ reason: ReopenReason }> = {
    act: 'reopen',
    done: 'rouvert',
    schema: FORM,
    page: () => ({
      title: 'Rouvrir ce projet',
      help: 'Il revient dans vos projets en cours, et c’est vous qui le suivez.',
      button: 'Rouvrir ce projet',
      fields: FIELDS,
    }),
    send: (seen, { reason }) => services.reopenReferral(seen, { reason }),
  };
  return actScreen(services, form);
};
