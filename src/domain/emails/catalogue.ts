import type { Language, Words } from '../territory/language.js';
import type { Audience } from './delivery.js';
import type { EmailRow } from './emailRow.js';
import { HOLDER_EMAILS } from './holderEmails.js';
import { STAFF_EMAILS } from './staffEmails.js';

/**
 * Every e-mail of the service: whom it is for, what sets it off, after how long, and the page its one button opens; emailRow.ts
 * says what each column means, rowWords.ts reads a row aloud. `stillWanted` is asked again just before the e-mail leaves: a
 * reminder about a project that an advisor has taken meanwhile is dropped. Business days are those of domain/calendar.
 * Each row has two templates: views/emails/<id>.ejs (HTML) and views/emails/<id>.text.ejs, whose first line says what happened
 * and the second what to do; those for holders also have <id>.en.ejs and <id>.en.text.ejs. Subjects are in subjects.ts.
 * To add an e-mail: a row in holderEmails.ts or staffEmails.ts, its words in holderModels.ts or staffModels.ts, its templates,
 * and what examples.ts says of it.
 */
export const EMAILS = { ...HOLDER_EMAILS, ...STAFF_EMAILS } as const;

export type EmailId = keyof typeof EMAILS;
export const EMAIL_IDS = Object.keys(EMAILS) as EmailId[];
export const rowOf = (id: EmailId): EmailRow => EMAILS[id];

/** E-mails about a questionnaire that is not sent yet: there is no project. */
export const DRAFT_EMAIL_IDS = ['holder-resume', 'holder-nudge'] as const satisfies EmailId[];
export type DraftEmailId = (typeof DRAFT_EMAIL_IDS)[number];
export const isDraftEmail = (id: EmailId): id is DraftEmailId => DRAFT_EMAIL_IDS.some((each) => each === id);

/** The languages in which an e-mail is written: staff read French. */
export const languagesOf = (id: EmailId): readonly Language[] =>
  EMAILS[id].audience === 'holder' ? ['fr', 'en'] : ['fr'];

const STAFF_WHY: Record<Exclude<Audience, 'holder'>, string> = {
  account: 'Vous recevez ce message parce que vous avez un compte à la porte d’entrée innovation.',
  advisor: 'Vous recevez ce message parce que vous accueillez des projets chez un partenaire.',
  lead: 'Vous recevez ce message parce que vous êtes responsable de l’accueil des projets chez un partenaire.',
  manager: 'Vous recevez ce message parce que vous pilotez la porte d’entrée innovation.',
};
const SENT: Words = {
  fr: 'Vous recevez ce message parce que vous avez envoyé un projet.',
  en: 'You receive this message because you sent us a project.',
};
const BEGUN: Words = {
  fr: 'Vous recevez ce message parce que vous avez commencé à décrire un projet.',
  en: 'You receive this message because you began to describe a project.',
};

/** Why they get it: the last line of every e-mail. */
export const whyOf = (id: EmailId, language: Language): string => {
  const { audience } = EMAILS[id];
  if (audience !== 'holder') return STAFF_WHY[audience];
  return (isDraftEmail(id) ? BEGUN : SENT)[language];
};

/** The words of the one button. */
export const buttonOf = (id: EmailId, language: Language): string => {
  const { label } = EMAILS[id].button;
  return typeof label === 'string' ? label : label[language];
};

const STOP: Record<NonNullable<EmailRow['unsubscribe']>, Words> = {
  digests: { fr: 'Ne plus recevoir ces résumés', en: 'Stop these summaries' },
  questions: { fr: 'Ne plus recevoir ces questions', en: 'Stop these questions' },
};

/** The words of the link that ends such e-mails; empty for those that nothing ends. */
export const stopOf = (id: EmailId, language: Language): string => {
  const { unsubscribe } = rowOf(id);
  return unsubscribe ? STOP[unsubscribe][language] : '';
};

/** When the mail server says "not now": how many tries in all, the first wait, then twice as long each time. About a day. */
export const TRIES = { atMost: 12, firstWaitInSeconds: 40 } as const;
