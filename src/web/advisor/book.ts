import Joi from 'joi';
import { isBusinessDay, localDay } from '../../domain/calendar/businessTime.js';
import { localInstant, localTime } from '../../domain/calendar/localInstant.js';
import { getsEmails } from '../../domain/emails/saidAloud.js';
import { MEETING_KINDS } from '../../domain/referrals/meeting.js';
import type { Appointment } from '../../domain/referrals/referral.js';
import type { Services } from '../../services.js';
import type { FieldWording } from '../fieldModel.js';
import { type ActForm, actScreen } from './actScreen.js';
import { oneOf, VERSION } from './openAct.js';

const PLACE_MAX = 300;
const MINUTES = [15, 30, 45, 60, 90, 120];
/** Hours between which people may be asked to meet: wider than those of the desks. */
const EARLIEST = '08:00';
const LATEST = '19:00';

const FIELDS: FieldWording[] = [
  {
    kind: 'radios',
    name: 'kind',
    label: 'Quel genre de rendez-vous ?',
    groups: [{ choices: Object.entries(MEETING_KINDS).map(([value, { fr }]) => ({ value, label: fr })) }],
  },
  { kind: 'text', type: 'date', name: 'day', label: 'Quel jour ?', hint: 'Un jour ouvré, à venir.' },
  { kind: 'text', type: 'time', name: 'time', label: 'À quelle heure ?', hint: 'Heure de Paris, par exemple 14:30.' },
  {
    kind: 'select',
    name: 'minutes',
    label: 'Combien de temps ?',
    groups: [{ choices: MINUTES.map((count) => ({ value: String(count), label: `${count}\u00a0minutes` })) }],
  },
  {
    kind: 'text',
    type: 'text',
    name: 'place',
    label: 'Où ?',
    hint: 'L’adresse, ou le lien de la visioconférence. Rien pour un appel.',
    max: PLACE_MAX,
  },
];

interface Values {
  kind: Appointment['kind'];
  day: string;
  time: string;
  minutes: number;
  place: string;
}
const inOrder: Joi.CustomValidator<string> = (time, { error, prefs, state }) => {
  const { day } = state.ancestors[0] as Values;
  if (!localInstant(day, '12:00')) return time;
  const at = localInstant(day, time);
  if (!at) return error('time.none');
  if (at <= (prefs.context?.['now'] as Date)) return error('time.past');
  return time < EARLIEST || time > LATEST ? error('time.closed') : time;
};
const onBusinessDay: Joi.CustomValidator<string> = (day, { error }) => {
  const noon = localInstant(day, '12:00');
  if (!noon) return error('day.none');
  return isBusinessDay(noon) ? day : error('day.closed');
};
const NO_TIME = 'Écrivez une heure, par exemple 14:30.';
const NO_DAY = 'Choisissez un jour à venir, écrit année-mois-jour.';
const FORM = Joi.object<Values & { version: number }>({
  version: VERSION,
  kind: oneOf(MEETING_KINDS, 'Choisissez le genre de rendez-vous.'),
  day: Joi.string().trim().required().custom(onBusinessDay).messages({
    'day.closed': 'Ce jour est fermé. Choisissez un jour ouvré.',
    '*': NO_DAY,
  }),
  time: Joi.string().trim().required().custom(inOrder).messages({
    'time.past': 'Ce moment est passé. Choisissez un moment à venir.',
    'time.closed': 'Choisissez une heure entre 8 h et 19 h.',
    '*': NO_TIME,
  }),
  minutes: Joi.number()
    .valid(...MINUTES)
    .required()
    .messages({ '*': 'Choisissez une durée.' }),
  place: Joi.string()
    .trim()
    .allow('')
    .max(PLACE_MAX)
    .default('')
    .when('kind', { is: Joi.invalid('visit', 'video'), otherwise: Joi.invalid('').required() })
    .messages({ 'string.max': `Écrivez ${PLACE_MAX} caractères au plus.`, '*': 'Écrivez l’adresse, ou le lien.' }),
});

const beginWith = (booked: Appointment | null): Record<string, string> =>
  booked
    ? {
        kind: booked.kind,
        day: localDay(booked.at),
        time: localTime(booked.at),
        minutes: String(booked.minutes),
        place: booked.place,
      }
    : { minutes: '30' };

/** Booking an appointment, or moving it. */
export const bookScreen = (services: Services) => {
  const form: ActForm<Values> = {
    act: 'book',
    done: 'rendez-vous',
    schema: FORM,
    page: ({ referral, project }) => ({
      title: referral.appointment ? 'Changer le rendez-vous' : 'Fixer un rendez-vous',
      help: getsEmails(project)
        ? `${project.contact.name} et vous recevez le rendez-vous par e-mail, à mettre dans vos agendas.`
        : 'Dites ce rendez-vous à la personne au téléphone : aucun e-mail ne lui arrive.',
      button: referral.appointment ? 'Changer ce rendez-vous' : 'Fixer ce rendez-vous',
      fields: FIELDS,
      begin: beginWith(referral.appointment),
    }),
    send: (seen, { day, time, minutes, kind, place }) =>
      services.bookAppointment(seen, { at: localInstant(day, time) ?? new Date(0), minutes, kind, place }),
  };
  return actScreen(services, form);
};
