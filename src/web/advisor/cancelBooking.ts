import Joi from 'joi';
import { momentInWords } from '../../domain/calendar/words.js';
import { Conflict } from '../../errors.js';
import { paths } from '../../paths.js';
import type { Services } from '../../services.js';
import { type ActForm, actScreen } from './actScreen.js';
import { VERSION } from './openAct.js';

const FORM = Joi.object<{ version: number }>({ version: VERSION });

/** Cancelling the appointment, in both calendars. */
export const cancelBookingScreen = (services: Services) => {
  const form: ActForm<object> = {
    act: 'book',
    done: 'rendez-vous-annule',
    schema: FORM,
    action: paths.cancelBooking,
    page: ({ referral, project }) => {
      if (!referral.appointment) throw new Conflict('Ce rendez-vous est déjà annulé.');
      return {
        title: 'Annuler le rendez-vous',
        help: `Celui de ${momentInWords(referral.appointment.at)} avec ${project.contact.name}. La personne en est informée.`,
        button: 'Annuler ce rendez-vous',
        fields: [],
        isDanger: true,
      };
    },
    send: (seen) => services.cancelAppointment(seen),
  };
  return actScreen(services, form);
};
