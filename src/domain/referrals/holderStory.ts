import { dayInWords } from '../calendar/words.js';
import type { Language, Words } from '../territory/language.js';
import type { Territory } from '../territory/territory.js';
import { frenchTypography } from '../territory/typography.js';
import type { CloseOutcome } from './lifecycle.js';
import { CANCELLED } from './meeting.js';
import type { EventType, ProjectEvent } from './referral.js';
import { REOPENED_BECAUSE, REROUTED_BECAUSE, toldFor } from './toldToHolder.js';

/** `partner`: where it happened; `other`: the partner that it goes to. */
type Telling = (event: ProjectEvent, partner: string, other: string) => Words;

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
  'closed-in-triage': () => ({
    fr: 'Aucun partenaire ne peut suivre ce projet. Le suivi est terminé.',
    en: 'No partner can look after this project. The follow-up has ended.',
  }),
  released: () => ({ fr: 'Une autre personne va prendre le relais.', en: 'Somebody else will take over.' }),
  transferred: () => ({ fr: 'Une autre personne suit votre projet.', en: 'Somebody else looks after your project.' }),
  'call-logged': () => ({ fr: 'Nous avons essayé de vous appeler.', en: 'We tried to call you.' }),
  booked: ({ reason, lost }) => {
    if (reason !== CANCELLED) return { fr: 'Un rendez-vous est fixé.', en: 'An appointment is set.' };
    if (!lost) return { fr: 'Le rendez-vous est annulé.', en: 'The appointment is cancelled.' };
    return {
      fr: `Le rendez-vous du ${dayInWords(lost.at)} est annulé.`,
      en: `The appointment of ${dayInWords(lost.at, undefined, 'en')} is cancelled.`,
    };
  },
  'detail-asked': () => ({ fr: 'Nous vous avons demandé une précision.', en: 'We asked you for a detail.' }),
  'detail-given': () => ({ fr: 'Vous nous avez répondu.', en: 'You answered us.' }),
  'wait-ended': () => ({
    fr: 'Nous continuons sans la précision demandée.',
    en: 'We go on without the detail we asked for.',
  }),
  'brought-in': (_event, _partner, other) => ({
    fr: `Un autre partenaire vient aider : ${other}.`,
    en: `Another partner comes to help: ${other}.`,
  }),
  rerouted: ({ reason }, partner) => {
    const because = toldFor(REROUTED_BECAUSE, reason);
    return {
      fr: `${partner} confie votre projet à un autre partenaire. ${because.fr}`.trim(),
      en: `${partner} hands your project on to another partner. ${because.en}`.trim(),
    };
  },
  reopened: ({ reason }) => {
    const because = toldFor(REOPENED_BECAUSE, reason);
    return {
      fr: `Le suivi reprend. ${because.fr}`.trim(),
      en: `The follow-up starts again. ${because.en}`.trim(),
    };
  },
  expired: (_event, partner) => ({
    fr: `${partner} n’a pas pris votre projet à temps. Une personne cherche un autre partenaire.`,
    en: `${partner} did not take your project up in time. Somebody is looking for another partner.`,
  }),
  shared: () => ({ fr: 'Les partenaires ont échangé.', en: 'The partners have talked.' }),
  withdrawn: () => ({ fr: 'Vous avez retiré votre projet.', en: 'You withdrew your project.' }),
  'message-added': () => ({ fr: 'Vous avez ajouté un message.', en: 'You added a message.' }),
  'contact-corrected': () => ({ fr: 'Vous avez corrigé vos coordonnées.', en: 'You corrected your contact details.' }),
  'nobody-called': () => ({
    fr: 'Vous nous avez dit que personne n’a pris contact avec vous.',
    en: 'You told us that nobody had contacted you.',
  }),
  surveyed: () => ({ fr: 'Vous avez donné votre avis.', en: 'You gave your opinion.' }),
  became: () => ({ fr: 'Vous nous avez donné des nouvelles.', en: 'You told us the news of your project.' }),
  written: () => ({ fr: 'Nous vous avons écrit.', en: 'We wrote to you.' }),
  'address-refused': () => ({
    fr: 'Nos messages n’arrivent pas à votre adresse e-mail.',
    en: 'Our messages do not reach your e-mail address.',
  }),
  erased: () => ({ fr: 'Vos données sont effacées.', en: 'Your data have been erased.' }),
};

/**
 * What is the holder's to know: not what partners write to one another, who inside a partner had it before anybody called,
 * or a call that the holder took part in. An answer is told once, not as a message too.
 */
export const isHolders = (
  { type, before, reason, note }: ProjectEvent,
  _index: number,
  all: ProjectEvent[],
): boolean => {
  if (type === 'shared') return false;
  if (type === 'transferred') return before === 'taken';
  if (type === 'call-logged') return reason !== 'reached';
  return type !== 'message-added' || !all.some((other) => other.type === 'detail-given' && other.note === note);
};

const UNNAMED: Words = { fr: 'un organisme', en: 'an organisation' };

/** What happened, in one sentence to the holder. */
export const tellHolder = (
  event: ProjectEvent,
  { language, territory }: { language: Language; territory: Pick<Territory, 'partner'> },
): string => {
  const nameOf = (id: string | null | undefined): string => {
    const partner = id ? territory.partner(id) : undefined;
    return partner ? frenchTypography(partner.name) : UNNAMED[language];
  };
  return TOLD[event.type](event, nameOf(event.partner), nameOf(event.to))[language];
};
