import { momentInWords } from '../../domain/calendar/words.js';
import type { Words } from '../../domain/territory/language.js';
import type { FollowedProject } from '../../services/followProject.js';

const hasPhone = ({ project }: FollowedProject): boolean => project.contact.phone !== null;

/** What the holder was promised, or that the promise was not kept. */
export const promiseToCall = (followed: FollowedProject, callBy: Date, now: Date): Words => {
  const byPhone = hasPhone(followed);
  const until: Words = { fr: momentInWords(callBy), en: momentInWords(callBy, 'en') };
  if (callBy <= now) {
    return {
      fr: `Nous vous avions promis un contact avant ${until.fr} : ce délai est passé. Votre projet n’est pas oublié, il reste parmi les premiers de la liste.`,
      en: `We promised that you would hear from us before ${until.en}: that date has passed. Your project is not forgotten, it is among the first on the list.`,
    };
  }
  return {
    fr: `Une personne vous ${byPhone ? 'appelle' : 'écrit'} avant ${until.fr}.`,
    en: `Somebody will ${byPhone ? 'call' : 'write to'} you before ${until.en}.`,
  };
};

/** Who calls, until when; once that is past, nothing here says whether it was done. */
export const whoCalls = (followed: FollowedProject, who: Words, now: Date): Words => {
  const callBy = followed.referral?.callBy;
  if (!callBy || callBy <= now) {
    return { fr: `${who.fr} vous contacte, ou l’a déjà fait.`, en: `${who.en} will contact you, or already has.` };
  }
  const byPhone = hasPhone(followed);
  return {
    fr: `${who.fr} vous ${byPhone ? 'appelle' : 'écrit'} avant ${momentInWords(callBy)}, ou l’a déjà fait.`,
    en: `${who.en} will ${byPhone ? 'call' : 'write to'} you before ${momentInWords(callBy, 'en')}, or already has.`,
  };
};
