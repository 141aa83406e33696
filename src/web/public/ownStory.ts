import { dayInWords, timeInWords } from '../../domain/calendar/words.js';
import type { CloseOutcome } from '../../domain/referrals/lifecycle.js';
import type { EventType, ProjectEvent } from '../../domain/referrals/referral.js';
import type { Language, Words } from '../../domain/territory/language.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';

type Telling = (event: ProjectEvent, partner: string) => Words;

const ENDS: Record<CloseOutcome, Words> = {
  helped: { fr: 'Votre projet a reçu de l’aide.', en: 'Your project has received help.' },
  no_solution: { fr: 'Aucune solution n’a été trouvée.', en: 'No solution was found.' },
  unreachable: { fr: 'Nous n’avons pas pu vous joindre.', en: 'We could not reach you.' },
};
const ENDED: Words = { fr: 'Le suivi est terminé.', en: 'Our follow-up has ended.' };

const isEnd = (code: string | null): code is CloseOutcome => code !== null && Object.hasOwn(ENDS, code);

const TOLD: Record<EventType, Telling> = {
  submitted: () => ({ fr: 'Vous avez envoyé votre projet.', en: 'You sent your project.' }),
  referred: (_event, partner) => ({
    fr: `Votre projet est arrivé chez notre partenaire : ${partner}.`,
    en: `Your project reached our partner: ${partner}.`,
  }),
  taken: (_event, partner) => ({
    fr: `Votre projet est pris en charge par notre partenaire : ${partner}.`,
    en: `Your project is being looked after by our partner: ${partner}.`,
  }),
  declined: (_event, partner) => ({
    fr: `${partner} ne peut pas suivre ce projet. Une personne cherche l’organisme qui convient.`,
    en: `${partner} cannot look after this project. Somebody is looking for the right organisation.`,
  }),
  closed: ({ reason, after }) => {
    const code = reason ?? after;
    return isEnd(code) ? ENDS[code] : ENDED;
  },
  withdrawn: () => ({ fr: 'Vous avez retiré votre projet.', en: 'You withdrew your project.' }),
  'message-added': () => ({ fr: 'Vous avez ajouté un message.', en: 'You added a message.' }),
  'contact-corrected': () => ({ fr: 'Vous avez corrigé vos coordonnées.', en: 'You corrected your contact details.' }),
  'nobody-called': () => ({
    fr: 'Vous nous avez dit que personne n’a pris contact avec vous.',
    en: 'You told us that nobody had contacted you.',
  }),
  surveyed: () => ({ fr: 'Vous avez donné votre avis.', en: 'You gave your opinion.' }),
  erased: () => ({ fr: 'Vos données sont effacées.', en: 'Your data have been erased.' }),
};

/** "mardi 8 décembre, 14 h 30", "Tuesday 8 December, 2.30 pm" */
export const writtenMoment = (at: Date, language: Language): string =>
  `${dayInWords(at, undefined, language)}, ${timeInWords(at, language)}`;

/** The story of a project as its holder reads it: ready for views/components/timeline.ejs. */
export const ownStory = (
  events: ProjectEvent[],
  { language, territory }: { language: Language; territory: Pick<Territory, 'partner'> },
) =>
  events.map((event) => {
    const partner = event.partner ? territory.partner(event.partner) : undefined;
    const unnamed: Words = { fr: 'un organisme', en: 'an organisation' };
    const name = partner ? frenchTypography(partner.name) : unnamed[language];
    return { when: writtenMoment(event.at, language), text: TOLD[event.type](event, name)[language] };
  });
