import Joi from 'joi';
import { momentInWords } from '../../domain/calendar/words.js';
import type { Services } from '../../services.js';
import { type ActForm, actScreen } from './actScreen.js';
import { toldSoon } from './howItLeaves.js';
import { VERSION } from './openAct.js';

const FORM = Joi.object<{ version: number }>({ version: VERSION });

/** Taking a project in hand: one button on the sheet, or on its own page for whoever comes from an e-mail. */
export const takeScreen = (services: Services) => {
  const form: ActForm<object> = {
    act: 'take',
    done: 'prise-en-charge',
    schema: FORM,
    page: ({ referral, project }) => ({
      title: 'Prendre ce projet en charge',
      help: `Vous vous engagez à contacter ${project.contact.name} avant ${momentInWords(referral.callBy)}. ${toldSoon(project)}`,
      button: 'Prendre en charge',
      fields: [],
    }),
    send: (seen) => services.takeReferral(seen),
  };
  return actScreen(services, form);
};
