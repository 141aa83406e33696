import { momentInWords } from '../calendar/words.js';
import { inLanguage } from '../territory/language.js';
import { type EmailFacts, type EmailModel, known, type ProjectFacts } from './emailFacts.js';

/** Words that e-mails to holders and to staff share. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

export const aboutProject = ({ project, link, language }: ProjectFacts) => ({
  link,
  title: oneLine(project.facts.title) || inLanguage(language)({ fr: 'sans titre', en: 'untitled' }),
  reference: project.reference,
});

/** The promise, while it can still be kept. */
const callBy = ({ referral, now, language }: ProjectFacts): string => {
  const { callBy } = known(referral, 'referral');
  const say = inLanguage(language);
  const moment = momentInWords(callBy, language);
  if (callBy > now) return say({ fr: `avant ${moment}`, en: `before ${moment}` });
  return say({ fr: 'dès que possible', en: 'as soon as possible' });
};

export const atPartner = (facts: ProjectFacts) => ({
  ...aboutProject(facts),
  partner: known(facts.partner, 'partner'),
  callBy: callBy(facts),
  byPhone: facts.project.contact.phone !== null,
});

/** Makes a model of an e-mail about a project; one about a draft is a fault of the catalogue. */
export const ofProject =
  (model: (facts: ProjectFacts) => EmailModel) =>
  (facts: EmailFacts): EmailModel => {
    if (facts.about === 'draft') throw new Error('This e-mail is about a project, not about a draft');
    return model(facts);
  };
