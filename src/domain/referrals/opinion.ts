import type { Words } from '../territory/language.js';
import type { Survey } from './referral.js';

/** The answers to the two questions asked once a referral has ended: "were you contacted?", "was it useful?". */
export const CALLED_BACK: Record<Survey['calledBack'], Words> = {
  yes: { fr: 'Oui', en: 'Yes' },
  no: { fr: 'Non', en: 'No' },
};

export const USEFUL: Record<Survey['useful'], Words> = {
  yes: { fr: 'Oui', en: 'Yes' },
  partly: { fr: 'En partie', en: 'Partly' },
  no: { fr: 'Non', en: 'No' },
};
