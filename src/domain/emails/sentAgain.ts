import type { ProjectSituation, WantedCondition } from './conditions.js';
import type { Delivery } from './delivery.js';
import { unwantedBecause } from './planEmails.js';

/** Why an e-mail of a project cannot be sent once more. */
export type NotAgain = 'not sent' | 'no address' | 'address refused' | WantedCondition;

/** Null when this e-mail may be sent once more, as things stand now. One that is owed still leaves by itself. */
export const notAgainBecause = (
  { email, audience, sentAt, gaveUpAt }: Pick<Delivery, 'email' | 'audience' | 'sentAt' | 'gaveUpAt'>,
  situation: ProjectSituation,
): NotAgain | null => {
  if (!sentAt && !gaveUpAt) return 'not sent';
  const { contact, mailRefused } = situation.project;
  if (audience === 'holder' && !contact.email) return 'no address';
  if (audience === 'holder' && mailRefused) return 'address refused';
  return unwantedBecause(email, situation);
};
