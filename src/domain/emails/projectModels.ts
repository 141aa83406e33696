import { momentInWords } from '../calendar/words.js';
import { inLanguage } from '../territory/language.js';
import { type EmailFacts, type EmailModel, known, type ProjectEmailFacts } from './emailFacts.js';

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Words that e-mails to holders and to staff share: of the project, then of the partner who has it. */
export const aboutProject = ({ project, link, language }: ProjectEmailFacts) => ({
  link,
  title: oneLine(project.facts.title) || inLanguage(language)({ fr: 'sans titre', en: 'untitled' }),
  reference: project.reference,
});

/** The promise, while it can still be kept. */
const callBy = ({ referral, now, language }: ProjectEmailFacts): string => {
  const { callBy } = known(referral, 'referral');
  const say = inLanguage(language);
  const moment = momentInWords(callBy, language);
  if (callBy > now) return say({ fr: `avant ${moment}`, en: `before ${moment}` });
  return say({ fr: 'dès que possible', en: 'as soon as possible' });
};

export const atPartner = (facts: ProjectEmailFacts) => ({
  ...aboutProject(facts),
  partner: known(facts.partner, 'partner'),
  callBy: callBy(facts),
  byPhone: facts.project.contact.phone !== null,
});

/** Makes a model of an e-mail about a project; one about a draft is a fault of the catalogue. */
export const ofProject =
  (model: (facts: ProjectEmailFacts) => EmailModel) =>
  (facts: EmailFacts): EmailModel => {
    if (facts.about === 'draft') throw new Error('This e-mail is about a project, not about a draft');
    return model(facts);
  };
