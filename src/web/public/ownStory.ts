import { dayInWords, timeInWords } from '../../domain/calendar/words.js';
import type { CloseOutcome } from '../../domain/referrals/lifecycle.js';
import type { EventType, ProjectEvent } from '../../domain/referrals/referral.js';
import type { Language, Words } from '../../domain/territory/language.js';
import type { Territory } from '../../domain/territory/territory.js';
import { frenchTypography } from '../../domain/territory/typography.js';

type Telling = (event: ProjectEvent, partner: string) => Words;

const ENDS: Record<CloseOutcome, Words> = {
  helped: { fr: 'Le projet a été aidé.', en: 'The project has been helped.' },
  no_solution: { fr: 'Nous n’avons pas de solution.', en: 'We have no solution.' },
  unreachable: { fr: 'Nous n’avons pas pu vous joindre.', en: 'We could not reach you.' },
};
const ENDED: Words = { fr: 'Le suivi est terminé.', en: 'The follow-up has ended.' };

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
  released: () => ({ fr: 'Une autre personne va prendre le relais.', en: 'Somebody else will take over.' }),
  transferred: () => ({ fr: 'Une autre personne suit votre projet.', en: 'Somebody else looks after your project.' }),
  'call-logged': () => ({ fr: 'Nous avons essayé de vous appeler.', en: 'We tried to call you.' }),
  booked: () => ({ fr: 'Un rendez-vous est fixé.', en: 'An appointment is set.' }),
  'detail-asked': () => ({ fr: 'Nous vous avons demandé une précision.', en: 'We asked you for a detail.' }),
  'detail-given': () => ({ fr: 'Vous nous avez répondu.', en: 'You answered us.' }),
  'wait-ended': () => ({
    fr: 'Nous continuons sans la précision demandée.',
    en: 'We go on without the detail we asked for.',
  }),
  'brought-in': () => ({ fr: 'Un autre partenaire vient aider.', en: 'Another partner comes to help.' }),
  rerouted: () => ({ fr: 'Votre projet change de partenaire.', en: 'Your project goes to another partner.' }),
  reopened: () => ({ fr: 'Le suivi reprend.', en: 'The follow-up starts again.' }),
  expired: () => ({ fr: 'Une personne cherche un autre partenaire.', en: 'Somebody is looking for another partner.' }),
  shared: () => ({ fr: 'Les partenaires ont échangé.', en: 'The partners have talked.' }),
  withdrawn: () => ({ fr: 'Vous avez retiré votre projet.', en: 'You withdrew your project.' }),
  'message-added': () => ({ fr: 'Vous avez ajouté un message.', en: 'You added a message.' }),
  'contact-corrected': () => ({ fr: 'Vous avez corrigé vos coordonnées.', en: 'You corrected how to reach you.' }),
  'nobody-called': () => ({
    fr: 'Vous nous avez dit que personne ne vous a contacté.',
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
