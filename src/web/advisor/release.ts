import Joi from 'joi';
import { momentInWords } from '../../domain/calendar/words.js';
import type { Services } from '../../services.js';
import { type ActForm, actScreen } from './actScreen.js';
import { VERSION } from './openAct.js';

const FORM = Joi.object<{ version: number }>({ version: VERSION });

/** Putting a project back for any colleague to take. */
export const releaseScreen = (services: Services) => {
  const form: ActForm<object> = {
    act: 'release',
    done: 'remise',
    schema: FORM,
    page: ({ referral }) => ({
      title: 'Remettre ce projet à prendre',
      help: `Toute votre équipe pourra le prendre. La date promise à la personne ne change pas : ${momentInWords(referral.callBy)}.`,
      button: 'Remettre à prendre',
      fields: [],
      isDanger: true,
    }),
    send: (seen) => services.releaseReferral(seen),
  };
  return actScreen(services, form);
};
