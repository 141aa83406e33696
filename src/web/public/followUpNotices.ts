import type { Language, Words } from '../../domain/territory/language.js';

/** What has just been done on the follow-up page, by the code that the address holds (`?fait=message`). */
const DONE = {
  message: {
    fr: 'Votre message est ajouté. La personne qui suit votre projet le lira.',
    en: 'Your message has been added. Whoever looks after your project will read it.',
  },
  reponse: {
    fr: 'Votre réponse est envoyée. La personne qui suit votre projet la lira.',
    en: 'Your answer has been sent. Whoever looks after your project will read it.',
  },
  coordonnees: {
    fr: 'Vos coordonnées sont à jour.',
    en: 'Your contact details are up to date.',
  },
  'personne-n-a-appele': {
    fr: 'C’est noté. Nous prévenons le partenaire qui a votre projet.',
    en: 'Noted. We are telling the partner who has your project.',
  },
  avis: {
    fr: 'Merci. Votre avis est enregistré. Vous pouvez le corriger quand vous voulez.',
    en: 'Thank you. Your opinion has been saved. You may correct it whenever you like.',
  },
  nouvelles: {
    fr: 'Merci de ces nouvelles. Votre réponse est enregistrée. Vous pouvez la corriger quand vous voulez.',
    en: 'Thank you for the news. Your answer has been saved. You may correct it whenever you like.',
  },
  retrait: {
    fr: 'C’est fait : votre projet est retiré.',
    en: 'Done: your project is withdrawn.',
  },
} as const satisfies Record<string, Words>;
export type Done = keyof typeof DONE;

/** Null when nothing was. */
export const doneInWords = (done: string, language: Language): string | null =>
  Object.hasOwn(DONE, done) ? DONE[done as Done][language] : null;

/** The follow-up page, saying what has just been done. */
export const afterwards = (followUp: string, done: Done): string => `${followUp}?fait=${done}`;
