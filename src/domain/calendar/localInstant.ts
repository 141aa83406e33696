import { DateTime } from 'luxon';
import { ZONE } from './paris.js';

/**
 * The instant of a day ("2026-12-08") and an hour ("14:30") in Paris; null when there is none (a wrong text, the hour that
 * the clocks skip in spring).
 */
export const localInstant = (day: string, time: string): Date | null => {
  const written = `${day}T${time}`;
  const moment = DateTime.fromISO(written, { zone: ZONE });
  return moment.isValid && moment.toFormat("yyyy-MM-dd'T'HH:mm") === written ? moment.toJSDate() : null;
};

/** The hour in Paris, as "14:30". */
export const localTime = (at: Date): string => DateTime.fromJSDate(at, { zone: ZONE }).toFormat('HH:mm');
