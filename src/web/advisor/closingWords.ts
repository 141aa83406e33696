import type { CloseOutcome } from '../../domain/referrals/lifecycle.js';
import type { Words } from '../../domain/territory/language.js';

/** What the holder reads when the follow-up ends: texts to begin with, which the advisor adjusts. */
export const CLOSING_WORDS: Record<CloseOutcome, Words> = {
  helped: {
    fr: 'Bonjour,\n\nNous avons avancé ensemble sur votre projet. Notre suivi s’arrête ici.\n\nBonne suite à vous.',
    en: 'Hello,\n\nWe have moved your project forward together. Our follow-up ends here.\n\nAll the best.',
  },
  no_solution: {
    fr: 'Bonjour,\n\nNous avons cherché, et nous ne trouvons pas de réponse à votre besoin dans le territoire aujourd’hui. Si votre projet change, envoyez-le-nous à nouveau.',
    en: 'Hello,\n\nWe have searched, and we do not find an answer to your need in the territory today. If your project changes, send it to us again.',
  },
  unreachable: {
    fr: 'Bonjour,\n\nNous avons essayé de vous joindre plusieurs fois, sans réponse. Notre suivi s’arrête ici. Si vous voulez reprendre, envoyez-nous à nouveau votre projet.',
    en: 'Hello,\n\nWe have tried to reach you several times, without an answer. Our follow-up ends here. If you want to go on, send us your project again.',
  },
};

/** Comes before the next steps, after the words. */
export const NEXT_STEPS: Words = { fr: 'Pour la suite\u00a0:', en: 'Next steps:' };
