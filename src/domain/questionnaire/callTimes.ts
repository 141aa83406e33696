import type { Words } from '../territory/language.js';
import type { CallTime } from './answers.js';

/** When a holder may be called, Monday to Friday; none chosen is any time. */
export const CALL_TIMES: Record<CallTime, Words> = {
  morning: { fr: 'Le matin, de 9 h à 12 h', en: 'In the morning, 9 am to 12 noon' },
  midday: { fr: 'À midi, de 12 h à 14 h', en: 'At midday, 12 noon to 2 pm' },
  afternoon: { fr: 'L’après-midi, de 14 h à 18 h', en: 'In the afternoon, 2 pm to 6 pm' },
};

export const ANY_TIME: Words = { fr: 'À tout moment', en: 'At any time' };
